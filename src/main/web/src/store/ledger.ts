import type { EntryFrame } from '../wire/frames';
import type { ConversationId, Message, MessageId, UserId } from '../wire/forms';
import { isHandshake, isReaction, tailOf, type SealedContent } from '../wire/sealed';
import {
  ALL_OTHERS,
  later,
  newConversation,
  withLast,
  withMarks,
  withNotice,
  withSeal,
} from './conversation';
import { LAST_ID, placesBetween, type Change, type Conversation, type Database } from './database';
import { forget } from './forget';
import { deleted, edited, merged, reacted, sent } from './message';
import { isNotice, noticeOf } from './notice';
import { react, reactionIn, withReactions } from './reactions';
import { unsealed, unsealedEdit, writeKeys, type KeyChange, KEY_STORES } from './unseal';

/** What a change of the store touched, for those who show it. */
export interface Touched {
  conversations: ConversationId[];
  messages: { conversation: ConversationId; id: MessageId }[];
  outbox: boolean;
}

const STORES = [
  'conversations',
  'messages',
  'reactions',
  'outbox',
  'files',
  'media',
  'notes',
  ...KEY_STORES,
] as const;
type Stores = (typeof STORES)[number];

/**
 * Applies entries of the mailbox, in the order given, in one transaction together with the cursor
 * and with what opening them did to this device's keys. Applying an entry again changes nothing.
 */
export async function applyEntries(
  db: Database,
  me: UserId,
  entries: EntryFrame[],
  cursor: number,
  keys?: KeyChange,
): Promise<Touched> {
  const change = db.transaction([...STORES], 'readwrite');
  try {
    if (keys) await writeKeys(change, keys);
    const ledger = new Ledger(change, me);
    for (const entry of entries) await ledger.apply(entry);
    const touched = await ledger.write();
    await change.objectStore('notes').put(cursor, 'cursor');
    await change.done;
    return touched;
  } catch (error) {
    undo(change);
    throw error;
  }
}

/** A change commits by itself as soon as nothing more is asked of it. */
function undo(change: Change<Stores>): void {
  change.done.catch(() => {});
  try {
    change.abort();
  } catch {
    // It has failed by itself.
  }
}

/** One transaction's view: conversations are read once and written once. */
class Ledger {
  private readonly conversations = new Map<ConversationId, Conversation>();
  private readonly messages = new Map<MessageId, ConversationId>();
  private outbox = false;

  constructor(
    private readonly change: Change<Stores>,
    private readonly me: UserId,
  ) {}

  async apply(entry: EntryFrame): Promise<void> {
    switch (entry.t) {
      case 'message':
        return this.onMessage(entry.message);
      case 'sent':
        return this.onSent(entry);
      case 'receipt':
        return this.onReceipt(entry);
      case 'read':
        return this.onRead(entry);
      case 'edited': {
        const content = await unsealedEdit(this.change.objectStore('opened'), entry);
        return this.amend(entry, (message) => edited(message, { ...entry, content }));
      }
      case 'deleted':
        await forget(this.change, entry.id);
        return this.amend(entry, deleted);
      case 'reaction':
        return this.amend(entry, (it) => reacted(it, entry.by, entry.emoji, entry.on));
    }
  }

  async write(): Promise<Touched> {
    const store = this.change.objectStore('conversations');
    for (const conversation of this.conversations.values()) await store.put(conversation);
    return {
      conversations: [...this.conversations.keys()],
      messages: [...this.messages].map(([id, conversation]) => ({ conversation, id })),
      outbox: this.outbox,
    };
  }

  private async conversation(id: ConversationId): Promise<Conversation> {
    const read = this.conversations.get(id);
    if (read) return read;
    const kept = await this.change.objectStore('conversations').get(id);
    return kept ?? newConversation(id, this.me);
  }

  private async onMessage(said: Message): Promise<void> {
    if (isHandshake(said.content)) return this.onSilent(said);
    if (isReaction(said.content)) return this.onReaction(said);
    const known = await this.change.objectStore('messages').get(said.id);
    const letters = this.change.objectStore('opened');
    const read = await unsealed(letters, merged(known, said));
    const message = await withReactions(this.change, read);
    await this.put(message);
    if (message.clientId && message.from === this.me) await this.dropDraft(message.clientId);
    const before = await this.conversation(message.conversation);
    const first = before.last === undefined && before.knownFrom === undefined;
    const conversation = withSeal(withNotice(withLast(before, message), message, this.me), message);
    if (first) conversation.knownFrom = message.id;
    const counts = !known && this.isNews(conversation, message);
    this.conversations.set(message.conversation, {
      ...conversation,
      unread: conversation.unread + (counts ? 1 : 0),
      mentions: conversation.mentions + (counts && message.mentions?.includes(this.me) ? 1 : 0),
    });
  }

  /** It stands at the message that it is about. */
  private async onReaction(said: Message): Promise<void> {
    await this.onSilent(said);
    const { clientId, conversation, content, from } = await unsealed(
      this.change.objectStore('opened'),
      said,
    );
    if (clientId && from === this.me) await this.dropDraft(clientId);
    const reaction = reactionIn({ letter: { content }, user: from }, conversation);
    const message = reaction && (await react(this.change, reaction));
    if (message) await this.amended(message);
  }

  /** Nobody said anything: devices agree on keys, say. */
  private async onSilent(message: Message): Promise<void> {
    const before = await this.conversation(message.conversation);
    this.conversations.set(before.id, withSeal(before, message));
    const notice = noticeOf(message);
    if (notice) await this.put(notice);
  }

  private isNews(conversation: Conversation, message: Message): boolean {
    const seenUpTo = later(conversation.readUpTo, conversation.countedUpTo) ?? '';
    const isSaid = message.from !== this.me && !isNotice(message.content);
    return isSaid && !message.read && message.id > seenUpTo;
  }

  private async onSent(frame: Extract<EntryFrame, { t: 'sent' }>): Promise<void> {
    const draft = await this.change.objectStore('outbox').index('clientId').get(frame.ref);
    if (!draft) return;
    if (draft.sealed) await this.name(draft.sealed, frame.id);
    await this.onMessage(sent(draft, frame, this.me));
  }

  /** When this device sealed it, it had no id yet. */
  private async name(sealed: SealedContent, message: MessageId): Promise<void> {
    const letters = this.change.objectStore('opened');
    const letter = await letters.get(tailOf(sealed));
    if (letter) await letters.put({ ...letter, message }, tailOf(sealed));
  }

  private async dropDraft(clientId: string): Promise<void> {
    const store = this.change.objectStore('outbox');
    const key = await store.index('clientId').getKey(clientId);
    if (key === undefined) return;
    await store.delete(key);
    await this.change.objectStore('files').delete(clientId);
    this.outbox = true;
  }

  private async onReceipt(entry: Extract<EntryFrame, { t: 'receipt' }>): Promise<void> {
    const { by = ALL_OTHERS, delivered, read } = entry;
    const conversation = await this.conversation(entry.conversation);
    this.conversations.set(conversation.id, withMarks(conversation, by, { delivered, read }));
  }

  private async onRead(entry: Extract<EntryFrame, { t: 'read' }>): Promise<void> {
    const conversation = await this.conversation(entry.conversation);
    if (entry.id) {
      const message = await this.change.objectStore('messages').get(entry.id);
      if (message && !message.read) await this.put({ ...message, read: true });
    }
    const readUpTo = later(conversation.readUpTo, entry.upTo);
    this.conversations.set(
      conversation.id,
      await recounted(this.change, this.me, {
        ...conversation,
        readUpTo,
      }),
    );
  }

  private async amend(
    entry: { conversation: ConversationId; id: MessageId },
    by: (message: Message) => Message,
  ): Promise<void> {
    const message = await this.change.objectStore('messages').get(entry.id);
    if (!message) return;
    const amended = by(message);
    await this.put(amended);
    await this.amended(amended);
  }

  private async amended(message: Message): Promise<void> {
    this.messages.set(message.id, message.conversation);
    const conversation = await this.conversation(message.conversation);
    if (conversation.last?.id !== message.id) return;
    this.conversations.set(conversation.id, { ...conversation, last: message });
  }

  private async put(message: Message): Promise<void> {
    await this.change.objectStore('messages').put(message);
    this.messages.set(message.id, message.conversation);
  }
}

/** With what is unread counted from the messages after the read mark. */
export async function recounted<N extends 'messages'>(
  change: Change<N | 'conversations'> | Change<Stores>,
  me: UserId,
  conversation: Conversation,
): Promise<Conversation> {
  const range = placesBetween(conversation.id, conversation.readUpTo ?? '', LAST_ID);
  const store = (change as Change<Stores>).objectStore('messages');
  const later = await store.index('place').getAll(range);
  const unread = later.filter(
    ({ from, read, id, content }) =>
      from !== me && !read && !isNotice(content) && id > (conversation.readUpTo ?? ''),
  );
  const mentions = unread.filter((message) => message.mentions?.includes(me)).length;
  return { ...conversation, unread: unread.length, mentions };
}
