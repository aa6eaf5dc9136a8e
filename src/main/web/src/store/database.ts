import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction } from 'idb';
import type { Content, ConversationId, Message, MessageId, UserId } from '../wire/forms';

/** How far somebody has got in a conversation: all up to those messages. */
export interface Marks {
  delivered?: MessageId;
  read?: MessageId;
}

/** A conversation as this device knows it. */
export interface Conversation {
  id: ConversationId;
  kind: 'direct' | 'group';
  /** Whom it is with; for a group nobody. */
  with?: UserId;
  /** Of a group. */
  title?: string;
  last?: Message;
  unread: number;
  mentions: number;
  readUpTo?: MessageId;
  /** Messages up to it are in `unread` already: the server counted them. */
  countedUpTo?: MessageId;
  /** The others'. */
  marks: Record<UserId, Marks>;
  muted: boolean;
  pinned: boolean;
  archived: boolean;
  /** From here on nothing is missing on this device; empty: from the very first message on. */
  knownFrom?: MessageId;
  /** The user is not in it any more, so nothing can be said there. */
  left?: boolean;
}

/** Something written that the server has not confirmed yet. */
export interface Draft {
  /** The order in which they were written. */
  seq?: number;
  clientId: string;
  conversation: ConversationId;
  content: Content;
  replyTo?: MessageId;
  mentions?: UserId[];
  writtenAt: string;
  /** The code of why the server will not have it. */
  refused?: string;
}

/** What is known about somebody. */
export interface Person {
  userId: UserId;
  displayName?: string;
  about?: string;
  /** The user's own name for them: they are a contact. */
  contactName?: string;
  blocked?: boolean;
  lastSeen?: string;
  fetchedAt?: number;
}

interface Schema extends DBSchema {
  /** `cursor`: up to which position everything is stored; `text:<conversation>`: unsent text. */
  notes: { key: string; value: unknown };
  conversations: { key: ConversationId; value: Conversation };
  messages: { key: MessageId; value: Message; indexes: { place: [ConversationId, MessageId] } };
  outbox: { key: number; value: Draft; indexes: { clientId: string } };
  /** Up to where the user has read, while the server does not know it yet. */
  reads: { key: ConversationId; value: { conversation: ConversationId; upTo: MessageId } };
  people: { key: UserId; value: Person };
}

export type Database = IDBPDatabase<Schema>;
export type Name = 'notes' | 'conversations' | 'messages' | 'outbox' | 'reads' | 'people';
export type Change<N extends Name> = IDBPTransaction<Schema, N[], 'readwrite'>;

const VERSION = 1;

/** The name under which a user's data is kept on this device. */
export function nameFor(user: UserId): string {
  return `parley-${user}`;
}

export function openDatabase(user: UserId): Promise<Database> {
  return openDB<Schema>(nameFor(user), VERSION, {
    upgrade(db) {
      db.createObjectStore('notes');
      db.createObjectStore('conversations', { keyPath: 'id' });
      db.createObjectStore('messages', { keyPath: 'id' }).createIndex('place', [
        'conversation',
        'id',
      ]);
      db.createObjectStore('outbox', { keyPath: 'seq', autoIncrement: true }).createIndex(
        'clientId',
        'clientId',
        { unique: true },
      );
      db.createObjectStore('reads', { keyPath: 'conversation' });
      db.createObjectStore('people', { keyPath: 'userId' });
    },
    // Another tab runs a newer app: it may go on, and this one is loaded anew.
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  });
}

/** The messages of a conversation between two ids, both included. */
export function placesBetween(
  conversation: ConversationId,
  first: MessageId,
  last: MessageId,
): IDBKeyRange {
  return IDBKeyRange.bound([conversation, first], [conversation, last]);
}

/** Sorts after every message id. */
export const LAST_ID = '~';
