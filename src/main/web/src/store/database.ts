import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction } from 'idb';
import type { Content, ConversationId, Message, MessageId, UserId } from '../wire/forms';
import type { MediaId } from '../wire/media';

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
  picture?: MediaId;
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
  /** Its file is not on the server yet, or not ready there; the file itself is among `files`. */
  upload?: Upload;
  /** The code of why the server will not have it. */
  refused?: string;
}

/** How far the file of a message that waits has got. */
export interface Upload {
  /** Where its bytes go, once the server has told. */
  url?: string;
  /** All bytes are there. */
  complete?: boolean;
}

/** The bytes of a picture or the like that this device keeps, so that they are there offline. */
export interface Kept {
  key: string;
  blob: Blob;
  usedAt: number;
}

/** What is known about somebody. */
export interface Person {
  userId: UserId;
  displayName?: string;
  about?: string;
  picture?: MediaId;
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
  /** What is to be sent, by client id. */
  files: { key: string; value: Blob };
  /** What has been seen, by id and size. */
  media: { key: string; value: Kept; indexes: { usedAt: number } };
}

export type Database = IDBPDatabase<Schema>;
export type Name =
  'notes' | 'conversations' | 'messages' | 'outbox' | 'reads' | 'people' | 'files' | 'media';
export type Change<N extends Name> = IDBPTransaction<Schema, N[], 'readwrite'>;

const VERSION = 2;

/** The name under which a user's data is kept on this device. */
export function nameFor(user: UserId): string {
  return `parley-${user}`;
}

export function openDatabase(user: UserId): Promise<Database> {
  return openDB<Schema>(nameFor(user), VERSION, {
    upgrade(db, from) {
      if (from < 1) addMessages(db);
      if (from < 2) addMedia(db);
    },
    // Another tab runs a newer app: it may go on, and this one is loaded anew.
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  });
}

function addMessages(db: Database): void {
  db.createObjectStore('notes');
  db.createObjectStore('conversations', { keyPath: 'id' });
  const messages = db.createObjectStore('messages', { keyPath: 'id' });
  messages.createIndex('place', ['conversation', 'id']);
  const outbox = db.createObjectStore('outbox', { keyPath: 'seq', autoIncrement: true });
  outbox.createIndex('clientId', 'clientId', { unique: true });
  db.createObjectStore('reads', { keyPath: 'conversation' });
  db.createObjectStore('people', { keyPath: 'userId' });
}

function addMedia(db: Database): void {
  db.createObjectStore('files');
  db.createObjectStore('media', { keyPath: 'key' }).createIndex('usedAt', 'usedAt');
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
