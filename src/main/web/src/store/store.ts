import type { Past } from '../api/calls';
import type { EntryFrame } from '../wire/frames';
import type { ConversationId, ConversationInfo, Message, MessageId, UserId } from '../wire/forms';
import {
  fromInfo,
  later,
  newConversation,
  saidLast,
  withInfo,
  withLast,
  withSeal,
  withStatus,
} from './conversation';
import {
  LAST_ID,
  openDatabase,
  placesBetween,
  type Change,
  type Conversation,
  type Database,
  type Draft,
  type Name,
  type Person,
} from './database';
import { isSilent } from '../wire/sealed';
import { forget, FORGOTTEN } from './forget';
import { noticeOf } from './notice';
import { KeyStore } from './keys';
import { applyEntries, recounted, type Touched } from './ledger';
import { MediaCache } from './media-cache';
import { react, reactionIn, timeFor, withReactions } from './reactions';
import { lettersOf, unsealed, type KeyChange } from './unseal';

const UNSENT = 'text:';

const SHOWN = ['conversations', 'messages', 'reactions'] as const;

/** When the user thought so, and where it is to be seen. */
interface Reacted {
  at: number;
  touched: Touched;
}

/** Everything that this device knows, of one user. All tabs share it. */
export class Store {
  /** Pictures and the like that have been seen. */
  readonly media: MediaCache;
  readonly keys: KeyStore;

  private constructor(
    private readonly db: Database,
    readonly me: UserId,
  ) {
    this.media = new MediaCache(db);
    this.keys = new KeyStore(db);
  }

  static async open(me: UserId): Promise<Store> {
    return new Store(await openDatabase(me), me);
  }

  close(): void {
    this.db.close();
  }

  /** Up to which position of the mailbox everything is stored; undefined on a new device. */
  async cursor(): Promise<number | undefined> {
    return (await this.db.get('notes', 'cursor')) as number | undefined;
  }

  apply(entries: EntryFrame[], cursor: number, keys?: KeyChange): Promise<Touched> {
    return applyEntries(this.db, this.me, entries, cursor, keys);
  }

  /** Starts over from what the server says now; what was written and not sent stays. */
  async restart(said: ConversationInfo[], cursor: number): Promise<void> {
    const infos = await this.opened(said);
    const stores = ['conversations', 'messages', 'notes', 'reactions'] as const;
    const change = this.db.transaction([...stores], 'readwrite');
    await change.objectStore('conversations').clear();
    await change.objectStore('messages').clear();
    for (const info of infos) {
      await change.objectStore('conversations').put(fromInfo(info, this.me));
      const last = saidLast(info);
      if (last) await change.objectStore('messages').put(await withReactions(change, last));
    }
    await change.objectStore('notes').put(cursor, 'cursor');
    await change.done;
  }

  /** Takes over titles, and what is pinned, muted and archived. */
  async takeInfos(said: ConversationInfo[]): Promise<void> {
    const infos = await this.opened(said);
    const change = this.db.transaction(['conversations', 'messages', 'reactions'], 'readwrite');
    const conversations = change.objectStore('conversations');
    for (const info of infos) {
      const known = await conversations.get(info.id);
      await conversations.put(known ? withInfo(known, info) : fromInfo(info, this.me));
      const last = saidLast(info);
      if (known || !last) continue;
      await change.objectStore('messages').put(await withReactions(change, last));
    }
    await change.done;
  }

  /** With what this device has read of it, where it came sealed. */
  unsealed(message: Message): Promise<Message> {
    return unsealed(lettersOf(this.db), message);
  }

  private async opened(infos: ConversationInfo[]): Promise<ConversationInfo[]> {
    return Promise.all(
      infos.map(async (info) => {
        const { lastMessage } = info;
        return lastMessage ? { ...info, lastMessage: await this.unsealed(lastMessage) } : info;
      }),
    );
  }

  conversations(): Promise<Conversation[]> {
    return this.db.getAll('conversations');
  }

  conversation(id: ConversationId): Promise<Conversation | undefined> {
    return this.db.get('conversations', id);
  }

  async changeConversation(id: ConversationId, change: Partial<Conversation>): Promise<void> {
    const tx = this.db.transaction('conversations', 'readwrite');
    const known = (await tx.store.get(id)) ?? newConversation(id, this.me);
    await tx.store.put({ ...known, ...change });
    await tx.done;
  }

  /** The same, but of what is not known here it makes nothing: that may be somebody else's. */
  async changeKnown(id: ConversationId, change: Partial<Conversation>): Promise<void> {
    const tx = this.db.transaction('conversations', 'readwrite');
    const known = await tx.store.get(id);
    if (known) await tx.store.put({ ...known, ...change });
    await tx.done;
  }

  message(id: MessageId): Promise<Message | undefined> {
    return this.db.get('messages', id);
  }

  async messages(ids: MessageId[]): Promise<Message[]> {
    const store = this.db.transaction('messages').store;
    const found = await Promise.all(ids.map((id) => store.get(id)));
    return found.filter((message) => message !== undefined);
  }

  /** As the server says it is now. */
  async putMessage(said: Message): Promise<Touched> {
    const opened = await this.unsealed(said);
    const change = this.db.transaction([...SHOWN, ...FORGOTTEN], 'readwrite');
    if (opened.deleted) await forget(change, opened.id);
    const touched = await show(change, await withReactions(change, opened));
    await change.done;
    return touched;
  }

  /** Changes it as it is now, whatever has come since it was read. */
  async changeMessage(id: MessageId, by: (message: Message) => Message): Promise<Touched> {
    const change = this.db.transaction([...SHOWN], 'readwrite');
    const message = await change.objectStore('messages').get(id);
    const touched = message && (await show(change, by(message)));
    await change.done;
    return touched ?? { conversations: [], messages: [], outbox: false };
  }

  /** Shows what the user thinks of a message, which the others are to be told sealed. */
  async react(message: Message, emoji: string, on: boolean): Promise<Reacted> {
    const { conversation, id } = message;
    const change = this.db.transaction(['conversations', 'messages', 'reactions'], 'readwrite');
    const at = await timeFor(change, [conversation, id, this.me, emoji]);
    const own = { conversation, message: id, user: this.me, emoji, on, at };
    const now = await react(change, own);
    const known = await change.objectStore('conversations').get(conversation);
    if (now && known?.last?.id === id) {
      await change.objectStore('conversations').put({ ...known, last: now });
    }
    await change.done;
    const touched = { conversations: [conversation], messages: [{ conversation, id }] };
    return { at, touched: { ...touched, outbox: false } };
  }

  /** The messages before one that this device has without a gap, oldest first. */
  async before(conversation: Conversation, id: MessageId, limit: number): Promise<Message[]> {
    if (conversation.knownFrom === undefined || conversation.knownFrom >= id) return [];
    const range = placesBetween(conversation.id, conversation.knownFrom, id);
    const found: Message[] = [];
    const places = this.db.transaction('messages').store.index('place');
    let cursor = await places.openCursor(range, 'prev');
    if (cursor?.value.id === id) cursor = await cursor.continue();
    while (cursor && found.length < limit) {
      found.push(cursor.value);
      cursor = await cursor.continue();
    }
    return found.reverse();
  }

  /** Keeps a page of the past as the server gave it. */
  async keepHistory(id: ConversationId, past: Past): Promise<Touched> {
    const messages = await Promise.all(past.messages.map((it) => this.unsealed(it)));
    const change = this.db.transaction([...SHOWN, ...FORGOTTEN], 'readwrite');
    let conversation =
      (await change.objectStore('conversations').get(id)) ?? newConversation(id, this.me);
    for (const message of messages) {
      conversation = withSeal(conversation, message);
      const notice = noticeOf(message);
      if (notice) await change.objectStore('messages').put(notice);
      const { content, from: user } = message;
      const reaction = reactionIn({ letter: { content }, user }, id);
      if (reaction) await react(change, reaction);
      if (isSilent(content)) continue;
      if (message.deleted) await forget(change, message.id);
      const now = await withReactions(change, message);
      await change.objectStore('messages').put(now);
      conversation = withStatus(withLast(conversation, now), now, this.me);
    }
    conversation.knownFrom = past.next ?? '';
    if (conversation.last) await change.objectStore('conversations').put(conversation);
    await change.done;
    return { conversations: [id], messages: [], outbox: false };
  }

  /** Marks all up to a message as read, here and, later, on the server. */
  async read(id: ConversationId, upTo: MessageId): Promise<boolean> {
    const change = this.db.transaction(['conversations', 'messages', 'reads'], 'readwrite');
    const known = await change.objectStore('conversations').get(id);
    if (!known || (known.readUpTo !== undefined && known.readUpTo >= upTo)) {
      await change.done;
      return false;
    }
    const readUpTo = later(known.readUpTo, upTo);
    const counted = await recounted(change as never, this.me, { ...known, readUpTo });
    await change.objectStore('conversations').put(counted);
    await change.objectStore('reads').put({ conversation: id, upTo });
    await change.done;
    return true;
  }

  pendingReads(): Promise<{ conversation: ConversationId; upTo: MessageId }[]> {
    return this.db.getAll('reads');
  }

  async readIsKnown(conversation: ConversationId, upTo: MessageId): Promise<void> {
    const change = this.db.transaction('reads', 'readwrite');
    const pending = await change.store.get(conversation);
    if (pending?.upTo === upTo) await change.store.delete(conversation);
    await change.done;
  }

  /** Writes down what is to be sent, with its file if it has one. */
  async write(draft: Draft, file?: Blob): Promise<void> {
    const change = this.db.transaction(['outbox', 'files'], 'readwrite');
    await change.objectStore('outbox').add(draft);
    if (file) await change.objectStore('files').put(file, draft.clientId);
    await change.done;
  }

  /** The file of what is to be sent. */
  file(clientId: string): Promise<Blob | undefined> {
    return this.db.get('files', clientId);
  }

  /** What is not confirmed yet, in the order in which it was written. */
  drafts(): Promise<Draft[]> {
    return this.db.getAll('outbox');
  }

  async changeDraft(clientId: string, change: Partial<Draft>): Promise<void> {
    const tx = this.db.transaction('outbox', 'readwrite');
    const draft = await tx.store.index('clientId').get(clientId);
    if (draft) await tx.store.put({ ...draft, ...change });
    await tx.done;
  }

  async dropDraft(clientId: string): Promise<void> {
    const tx = this.db.transaction(['outbox', 'files'], 'readwrite');
    const outbox = tx.objectStore('outbox');
    const key = await outbox.index('clientId').getKey(clientId);
    if (key !== undefined) await outbox.delete(key);
    await tx.objectStore('files').delete(clientId);
    await tx.done;
  }

  /** Texts that were begun and not sent, by conversation. */
  async unsentTexts(): Promise<Map<ConversationId, string>> {
    const range = IDBKeyRange.bound(UNSENT, UNSENT + LAST_ID);
    const notes = this.db.transaction('notes').store;
    const [keys, texts] = await Promise.all([notes.getAllKeys(range), notes.getAll(range)]);
    return new Map(keys.map((key, index) => [key.slice(UNSENT.length), texts[index] as string]));
  }

  async keepUnsentText(id: ConversationId, text: string): Promise<void> {
    if (text === '') await this.db.delete('notes', UNSENT + id);
    else await this.db.put('notes', text, UNSENT + id);
  }

  async note<T>(key: string): Promise<T | undefined> {
    return (await this.db.get('notes', key)) as T | undefined;
  }

  async keepNote(key: string, value: unknown): Promise<void> {
    await this.db.put('notes', value, key);
  }

  people(): Promise<Person[]> {
    return this.db.getAll('people');
  }

  async changePeople(changes: (Partial<Person> & { userId: UserId })[]): Promise<void> {
    const tx = this.db.transaction('people', 'readwrite');
    for (const change of changes) {
      await tx.store.put({ ...(await tx.store.get(change.userId)), ...change });
    }
    await tx.done;
  }
}

/** Puts the message, also where it is the last one. */
async function show<N extends Name>(within: Change<N>, message: Message): Promise<Touched> {
  const change = within as unknown as Change<(typeof SHOWN)[number]>;
  const { conversation, id } = message;
  await change.objectStore('messages').put(message);
  const known = await change.objectStore('conversations').get(conversation);
  if (known?.last?.id === id) {
    await change.objectStore('conversations').put({ ...known, last: message });
  }
  return { conversations: [conversation], messages: [{ conversation, id }], outbox: false };
}
