import { signal } from '@preact/signals';
import { HISTORY_PAGE } from '../api/calls';
import { codeOf } from '../api/problem';
import { LAST_ID } from '../store/database';
import type { Touched } from '../store/ledger';
import type { ConversationId, Message, MessageId } from '../wire/forms';
import type { Chat } from './chat';

/** How many pages are looked through for a message that an answer refers to. */
const SEARCH_PAGES_MAX = 100;

/** What has been loaded of one conversation: all from some message on. */
export class Thread {
  /** By id, which is by time. */
  readonly messages = signal<readonly Message[]>([]);
  /** Whether the very first message is among them. */
  readonly atStart = signal(false);
  /** The code of why older ones could not be had. */
  readonly failure = signal<string | undefined>(undefined);
  /** Whether there is an answer yet to what there is. */
  readonly ready = signal(false);
  private loading?: Promise<void>;
  private readonly unwatch: () => void;

  constructor(
    private readonly chat: Chat,
    readonly id: ConversationId,
  ) {
    this.unwatch = chat.watch((touched) => void this.onTouched(touched));
    void this.older().finally(() => (this.ready.value = true));
  }

  close(): void {
    this.unwatch();
  }

  get oldest(): MessageId | undefined {
    return this.messages.value[0]?.id;
  }

  /** Loads what comes before, from this device or else from the server. */
  older(): Promise<void> {
    if (this.atStart.value) return Promise.resolve();
    this.loading ??= this.load()
      .catch((error: unknown) => {
        this.failure.value = codeOf(error);
      })
      .finally(() => (this.loading = undefined));
    return this.loading;
  }

  /** Whether the message is loaded, now that everything back to it has been looked through. */
  async reach(id: MessageId): Promise<boolean> {
    for (let page = 0; page < SEARCH_PAGES_MAX; page++) {
      const { oldest } = this;
      if (oldest !== undefined && oldest <= id) break;
      await this.older();
      if (this.atStart.value || this.oldest === oldest) break;
    }
    return this.messages.value.some((message) => message.id === id);
  }

  private async load(): Promise<void> {
    const { store } = this.chat;
    const conversation = this.chat.conversation(this.id);
    const kept = (await store.conversation(this.id)) ?? conversation;
    const local = await store.before(kept, this.oldest ?? LAST_ID, HISTORY_PAGE);
    if (local.length > 0) {
      this.add(local);
      this.failure.value = undefined;
      this.atStart.value = kept.knownFrom === '' && local.length < HISTORY_PAGE;
      if (local.length >= HISTORY_PAGE / 2 || this.atStart.value) return;
    } else if (kept.knownFrom === '') {
      this.atStart.value = true;
      return;
    }
    await this.fetch(kept.knownFrom ?? this.oldest);
  }

  private async fetch(before: MessageId | undefined): Promise<void> {
    try {
      let next = before;
      let found: Message[] = [];
      do {
        const past = await this.chat.calls.history(this.id, next);
        await this.chat.sealing.openAll(past.messages);
        this.chat.touched(await this.chat.store.keepHistory(this.id, past));
        found = await this.chat.store.messages(past.messages.map((it) => it.id));
        next = past.next;
        // A page may hold nothing to be read: people reacted there, or devices agreed on keys.
      } while (found.length === 0 && next !== undefined);
      this.add(found);
      this.atStart.value = next === undefined;
      this.failure.value = undefined;
    } catch (error) {
      // Nothing has been said there yet.
      if (codeOf(error) !== 'not-found') throw error;
      await this.chat.store.changeKnown(this.id, { knownFrom: '' });
      this.atStart.value = true;
    }
  }

  private async onTouched(touched: Touched): Promise<void> {
    const ids = touched.messages
      .filter((it) => it.conversation === this.id)
      .map((it) => it.id)
      .filter((id) => this.oldest === undefined || id >= this.oldest || this.atStart.value);
    if (ids.length > 0) this.add(await this.chat.store.messages(ids));
  }

  private add(messages: readonly Message[]): void {
    this.messages.value = joined(this.messages.peek(), messages);
  }
}

/** Both together by id; the newly loaded ones are the present state. */
export function joined(known: readonly Message[], loaded: readonly Message[]): readonly Message[] {
  const sorted = [...loaded].sort((a, b) => (a.id < b.id ? -1 : 1));
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (!first || !last) return known;
  // Nearly always they go before or after all others, however many those are.
  if (known.length === 0 || last.id < known[0]!.id) return [...sorted, ...known];
  if (first.id > known.at(-1)!.id) return [...known, ...sorted];
  const all = new Map([...known, ...sorted].map((message) => [message.id, message]));
  return [...all.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}
