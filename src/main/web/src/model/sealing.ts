import { signal } from '@preact/signals';
import type { KeyCalls } from '../api/key-calls';
import { packAgain, Refusal } from '../api/problem';
import type { Backup } from '../crypto/backup';
import type { Crypto } from '../crypto/start';
import type { Outlook } from '../crypto/membership';
import type { Safety } from '../crypto/trust';
import type { Hub } from '../socket/hub';
import { locks } from '../socket/locks';
import type { Conversation, Draft, Identity } from '../store/database';
import type { Touched } from '../store/ledger';
import { isMembership } from '../store/notice';
import type { Store } from '../store/store';
import type { KeyChange } from '../store/unseal';
import type { Content, ConversationId, Message, UserId } from '../wire/forms';
import type { EntryFrame } from '../wire/frames';
import { isReaction, isSealed } from '../wire/sealed';
import { encryption } from './settings';

/** Whether a conversation is encrypted, as far as that is known. */
export type Lock = { kind: 'sealed' } | Outlook;

/** What is said so that only the members' devices can read it. */
export class Sealing {
  readonly identities = signal<ReadonlyMap<UserId, Identity>>(new Map());
  private readonly outlooks = signal<ReadonlyMap<ConversationId, Lock>>(new Map());
  private readonly asked = new Set<ConversationId>();
  private loading?: Promise<Crypto | undefined>;

  constructor(
    private readonly store: Store,
    private readonly calls: KeyCalls,
    private readonly hub: Hub,
    private readonly device: string,
  ) {
    let known = encryption.peek();
    // Turned on in this tab, or in another one.
    encryption.subscribe((now) => {
      if (now === known) return;
      known = now;
      this.loading = undefined;
      void this.begin().catch(() => {
        // Out of reach: the tab with the socket does it when it is connected again.
      });
    });
  }

  private async begin(): Promise<void> {
    await this.publish();
    await this.joinAll(await this.store.conversations());
  }

  async load(): Promise<void> {
    const all = await this.store.keys.identities();
    this.identities.value = new Map(all.map((it) => [it.userId, it]));
  }

  /** Undefined where this browser or the server cannot encrypt. */
  crypto(): Promise<Crypto | undefined> {
    this.loading ??= this.start().catch((error: unknown) => {
      this.loading = undefined;
      throw error;
    });
    return this.loading;
  }

  /** Stores what came, opened where this device can open it. */
  async apply(entries: EntryFrame[], cursor: number): Promise<Touched> {
    const incoming = entries.flatMap((entry) => {
      if (entry.t === 'message') return [entry.message];
      if (entry.t !== 'edited') return [];
      return [{ conversation: entry.conversation, from: entry.by, content: entry.content }];
    });
    const crypto = incoming.some(({ content }) => concernsKeys(content))
      ? await this.crypto()
      : undefined;
    if (!crypto) return this.store.apply(entries, cursor);
    return crypto.engine.open(incoming, (keys) => this.store.apply(entries, cursor, keys));
  }

  /** Opens what came over REST, so that the store finds it. */
  async openAll(messages: Message[]): Promise<void> {
    const sealed = messages.filter(({ content }) => isSealed(content));
    if (sealed.length === 0) return;
    const crypto = await this.crypto();
    await crypto?.engine.open([...sealed].reverse(), (keys) => this.store.keys.write(keys));
  }

  /** What of a draft is sent: never in plain what has to be sealed. */
  async seal(draft: Draft): Promise<Pick<Draft, 'content' | 'replyTo' | 'mentions'>> {
    const crypto = await this.crypto();
    const sealed = await crypto?.engine.seal(draft);
    const { content, replyTo, mentions } = sealed ?? draft;
    if (isSealed(content)) return { content, replyTo, mentions };
    if (content.opens) throw packAgain();
    if (isReaction(content)) throw noKeys();
    const { sealedSince } = (await this.store.conversation(draft.conversation)) ?? {};
    if (sealedSince === undefined) return { content, replyTo, mentions };
    throw noKeys();
  }

  /** Whether what is said there now is sealed, and so the files that go with it are. */
  async willSeal(id: ConversationId): Promise<boolean> {
    const crypto = await this.crypto();
    const { sealedSince } = (await this.store.conversation(id)) ?? {};
    if (sealedSince !== undefined && !crypto) throw noKeys();
    if (!crypto) return false;
    if (sealedSince !== undefined) return true;
    const outlook = await crypto.engine.outlook(id);
    return outlook === 'sealed' || outlook.kind === 'will-be';
  }

  async sealEdit(message: Message, content: Content): Promise<Content> {
    if (!message.sealed) return content;
    const crypto = await this.crypto();
    if (crypto) return crypto.engine.sealEdit(message, content);
    throw noKeys();
  }

  /** How a conversation is, which is found out when it is not known. */
  lockOf({ id, sealedSince }: Conversation): Lock | undefined {
    if (sealedSince !== undefined) return { kind: 'sealed' };
    return this.outlooks.value.get(id);
  }

  /** Whether what is said there next is sealed. */
  seals(conversation: Conversation | undefined): boolean {
    const lock = conversation && this.lockOf(conversation);
    return lock?.kind === 'sealed' || lock?.kind === 'will-be';
  }

  need({ id, left }: Conversation): void {
    if (left || this.asked.has(id)) return;
    this.asked.add(id);
    void this.look(id).catch(() => this.asked.delete(id));
  }

  /** Whose keys are not those that were known, in a conversation of two. */
  doubted({ with: other }: Conversation): Identity | undefined {
    return other === undefined ? undefined : this.doubtedOf([other])[0];
  }

  /** Those of them whose keys are not the ones that were known. */
  doubtedOf(users: readonly UserId[]): Identity[] {
    const known = users.map((user) => this.identities.value.get(user));
    return known.filter((it) => it !== undefined && (it.alarm || it.changed?.length)) as Identity[];
  }

  async accept(user: UserId): Promise<void> {
    await (await this.crypto())?.trust.accept(user);
    this.hub.tell({ kind: 'keys' });
  }

  async verify(user: UserId, fingerprint: string | undefined): Promise<void> {
    await (await this.crypto())?.trust.verify(user, fingerprint);
    this.hub.tell({ kind: 'keys' });
  }

  async safety(id: ConversationId, other: UserId): Promise<Safety | undefined> {
    const crypto = await this.crypto();
    // Who compares wants to know what the server says now, too.
    await crypto?.trust.check(other);
    return crypto?.trust.safety(id, other);
  }

  /** The fingerprints of the user's own devices, by device. */
  async ownDevices(): Promise<ReadonlyMap<string, string>> {
    return (await (await this.crypto())?.trust.ownDevices()) ?? new Map();
  }

  /** What this device has read, for the next one. */
  async makeBackup(passphrase: string): Promise<Blob> {
    const { sealBackup } = await import('../crypto/backup');
    return new Blob([await sealBackup(await this.backup(), passphrase)]);
  }

  /** How many sealed messages of the backup are known now. */
  async restoreBackup(file: Blob, passphrase: string): Promise<number> {
    const { openBackup } = await import('../crypto/backup');
    const bytes = new Uint8Array(await file.arrayBuffer());
    return this.take(await openBackup(bytes, passphrase, this.store.me));
  }

  /** What this device has read. */
  async backup(): Promise<Backup> {
    return { user: this.store.me, letters: await this.store.keys.letters() };
  }

  /** Takes what another device has read: so many messages. */
  async take({ letters }: Backup): Promise<number> {
    const touched = await this.store.keys.takeLetters(letters);
    this.hub.tell({ kind: 'touched', touched });
    return letters.length;
  }

  /** As a new device does: it reads what is said from here on. */
  async joinAll(conversations: Conversation[]): Promise<void> {
    const crypto = await this.crypto();
    if (!crypto) return;
    const joined = new Set(await this.store.keys.groupIds());
    for (const { id, sealedSince, left } of conversations) {
      if (sealedSince === undefined || left || joined.has(id)) continue;
      await crypto.engine.join(id).catch(unlessFinal);
    }
  }

  /** Tells of this device's keys, and sees to it that others have some to take. */
  async publish(): Promise<void> {
    await (await this.crypto())?.publish();
  }

  /** Looks whether the server tells others of this device's own keys. */
  async checkOwn(): Promise<void> {
    await (await this.crypto())?.trust.checkOwn();
    this.hub.tell({ kind: 'keys' });
  }

  /** Who changed the members of a group also changes the devices that can read it, at once. */
  async tend(touched: Touched): Promise<void> {
    const messages = await this.store.messages(touched.messages.map(({ id }) => id));
    const changed = messages.filter((it) => it.from === this.store.me && isMembership(it.content));
    for (const id of new Set(changed.map(({ conversation }) => conversation))) {
      await (await this.crypto())?.engine.tend(id).catch(unlessFinal);
    }
  }

  private async look(id: ConversationId): Promise<void> {
    const crypto = await this.crypto();
    const outlook: Outlook | 'sealed' = crypto
      ? await crypto.engine.outlook(id)
      : { kind: 'not-here' };
    // What others do may change it; it is looked at again when the conversation is opened again.
    this.asked.delete(id);
    const lock: Lock = outlook === 'sealed' ? { kind: 'sealed' } : outlook;
    this.outlooks.value = new Map(this.outlooks.peek()).set(id, lock);
  }

  private async start(): Promise<Crypto | undefined> {
    if (encryption.peek() === 'off') return undefined;
    // Pages that did not come over TLS have no ciphers.
    if (globalThis.crypto.subtle === undefined) return undefined;
    const { startCrypto } = await import('../crypto/start');
    const { store, calls, device } = this;
    const name = `parley-keys-${store.me}`;
    const lock = <T>(work: () => Promise<T>) => locks.request(name, work) as Promise<T>;
    const onKeys = (change: KeyChange) => this.onKeys(change);
    return startCrypto({ keys: store.keys, calls, user: store.me, device, lock, onKeys });
  }

  private async onKeys({ news, identities }: KeyChange): Promise<void> {
    if (identities.size === 0) return;
    if (news.length > 0) {
      this.hub.tell({ kind: 'touched', touched: await this.store.keys.tell(news) });
    }
    this.hub.tell({ kind: 'keys' });
    void this.checkLogs([...identities.keys()]).catch(() => {
      // Out of reach: looked at again with the next change, or when the user compares numbers.
    });
  }

  private async checkLogs(users: UserId[]): Promise<void> {
    const crypto = await this.crypto();
    for (const user of users) await crypto?.trust.check(user);
    this.hub.tell({ kind: 'keys' });
  }
}

function noKeys(): Refusal {
  return new Refusal('cannot-seal', 409, false, 'This device has no keys for it');
}

function concernsKeys(content: Content): boolean {
  return isSealed(content) || isMembership(content);
}

/** It will not work later either: whoever sends there is told. */
function unlessFinal(error: unknown): void {
  if (!(error instanceof Refusal && error.isFinal)) throw error;
}
