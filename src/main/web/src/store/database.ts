import {
  openDB,
  type DBSchema,
  type IDBPDatabase,
  type IDBPTransaction,
  type StoreNames,
} from 'idb';
import type { Content, ConversationId, Message, MessageId, UserId } from '../wire/forms';
import type { MediaId } from '../wire/media';
import type { Letter, SealedContent } from '../wire/sealed';

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
  /** From this message on what is said is sealed: only the members' devices can read it. */
  sealedSince?: MessageId;
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
  /** As it was sent; a repeat has to be the same. */
  sealed?: SealedContent;
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

/** What a sealed content said when it was opened. It can be opened once only. */
export interface OpenedLetter {
  letter: Letter;
  /** Whose device sealed it. */
  user: UserId;
  device: string;
  /** Absent in what was opened before this was kept. */
  conversation?: ConversationId;
  /** Which message says so; absent as long as that is not known, and where it was not kept. */
  message?: MessageId;
}

/** What somebody thinks of a message, which came sealed; by conversation, message, user, emoji. */
export interface KeptReaction {
  conversation: ConversationId;
  message: MessageId;
  user: UserId;
  emoji: string;
  on: boolean;
  /** When, by the clock of the device that said so; the last one counts. */
  at: number;
}

/** A conversation's keys on this device. Bytes are wrapped: they say nothing without its own key. */
export interface KeptGroup {
  id: ConversationId;
  epoch: number;
  suite: number;
  state: Uint8Array;
  /** When it was last compared with who is in the conversation. */
  checkedAt: number;
  /** When this device last put new keys of its own into it. */
  renewedAt: number;
  /** A commit that was sent and may have been accepted. */
  pending?: { clientId: string; state: Uint8Array };
}

/** The keys of somebody's devices as this device has come to know them. */
export interface Identity {
  userId: UserId;
  /** In base64, by device. */
  keys: Record<string, string>;
  /** Keys that were not there before, and that the user has not accepted yet. */
  changed?: string[];
  /** The safety number that was compared with theirs. */
  verified?: string;
  log?: KnownLog;
  /** What does not fit in what the server says about them. */
  alarm?: 'rewritten' | 'not-logged' | 'stranger';
}

/** How far somebody's key log is known. */
export interface KnownLog {
  size: number;
  root: string;
  /** Every `<device> <key>` that ever stood in it. */
  logged: string[];
}

/** A key package of this device that may still be used; by its reference. */
export interface KeptPackage {
  ref: string;
  suite: number;
  data: Uint8Array;
  secret: Uint8Array;
  lastResort: boolean;
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
  /** By the tail of what was sealed. */
  opened: { key: string; value: OpenedLetter; indexes: { message: MessageId } };
  reactions: { key: [ConversationId, MessageId, UserId, string]; value: KeptReaction };
  groups: { key: ConversationId; value: KeptGroup };
  packages: { key: string; value: KeptPackage };
  identities: { key: UserId; value: Identity };
  /** `wrap`: a key that never leaves the browser; `signature`: the device's own, wrapped by it. */
  secrets: { key: string; value: unknown };
}

export type Database = IDBPDatabase<Schema>;
export type Name = StoreNames<Schema>;
export type Change<N extends Name> = IDBPTransaction<Schema, N[], 'readwrite'>;

const VERSION = 5;

/** The name under which a user's data is kept on this device. */
export function nameFor(user: UserId): string {
  return `parley-${user}`;
}

/** A page that loses it has to be loaded anew. */
export function openDatabase(user: UserId, reload = () => location.reload()): Promise<Database> {
  return openDB<Schema>(nameFor(user), VERSION, {
    upgrade(db, before, _now, change) {
      if (before < 1) addMessages(db);
      if (before < 2) addMedia(db);
      if (before < 3) addKeys(db);
      if (before < 4) addReactions(db);
      if (before < 5) change.objectStore('opened').createIndex('message', 'message');
    },
    // Another tab runs a newer app, and may go on. Without a version it was deleted: the user has
    // signed out, which this tab hears of by itself.
    blocking: (_current, newVersion, event) => {
      (event.target as IDBDatabase).close();
      if (newVersion !== null) reload();
    },
    terminated: reload,
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

function addKeys(db: Database): void {
  db.createObjectStore('opened');
  db.createObjectStore('groups', { keyPath: 'id' });
  db.createObjectStore('packages', { keyPath: 'ref' });
  db.createObjectStore('identities', { keyPath: 'userId' });
  db.createObjectStore('secrets');
}

function addReactions(db: Database): void {
  const keyPath = ['conversation', 'message', 'user', 'emoji'];
  db.createObjectStore('reactions', { keyPath });
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
