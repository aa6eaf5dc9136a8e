/** What the server's REST calls answer; openapi.json of /docs is the full description. */

import type { FileKey, MediaId, MediaKind, PreviewSize, SealedPart } from './media';

export type UserId = string;
export type ConversationId = string;
export type MessageId = string;

/** What a message says. Kinds that this app does not know are shown as such, never dropped. */
export interface Content {
  type: string;
  text?: string;
  /** In what a group tells its members about itself. */
  title?: string;
  description?: string;
  members?: UserId[];
  count?: number;
  member?: UserId;
  role?: Role;
  rules?: GroupRules;
  /** In a picture, video, voice message or file; all but the caption come from the server. */
  mediaId?: MediaId;
  kind?: MediaKind | SealedKind;
  mime?: string;
  size?: number;
  name?: string;
  width?: number;
  height?: number;
  durationMs?: number;
  placeholder?: string;
  waveform?: number[];
  caption?: string;
  /** In what somebody thinks of another message, which goes sealed. */
  messageId?: MessageId;
  emoji?: string;
  on?: boolean;
  /** When, by the clock of the device that says so. */
  at?: number;
  /** Of a file that was sealed on its sender's device. */
  opens?: FileKey;
  previews?: Partial<Record<PreviewSize, SealedPart>>;
}

/**
 * What is in a sealed message: something that somebody says or thinks of a message, or what devices
 * agree on keys with.
 */
export type SealedKind = 'application' | 'proposal' | 'commit' | 'restart' | 'reaction';

export type Role = 'owner' | 'admin' | 'member';

/** What a group leaves to all members, and what to its admins alone. */
export interface GroupRules {
  post: 'all' | 'admins';
  add: 'all' | 'admins';
  edit: 'all' | 'admins';
}

export type Status = 'sent' | 'delivered' | 'read';

/** Who reacted, by emoji. */
export type Reactions = Record<string, UserId[]>;

export interface Message {
  id: MessageId;
  conversation: ConversationId;
  from: UserId;
  clientId?: string;
  sentAt: string;
  content: Content;
  read: boolean;
  pos?: number;
  status?: Status;
  replyTo?: MessageId;
  editedAt?: string;
  deleted?: boolean;
  reactions?: Reactions;
  mentions?: UserId[];
  /** It came sealed, and was opened on this device. */
  sealed?: boolean;
}

export interface ConversationInfo {
  id: ConversationId;
  kind: 'direct' | 'group';
  with?: UserId;
  title?: string;
  lastMessage?: Message;
  unread: number;
  mentions?: number;
  readUpTo?: MessageId;
  muted?: boolean;
  mutedUntil?: string;
  pinned?: boolean;
  archived?: boolean;
  /** What is said there is sealed. */
  encrypted?: boolean;
}

export interface Session {
  userId: UserId;
  deviceId: string;
  token: string;
  expiresAt: string;
  refreshToken: string;
}

export interface Profile {
  userId: UserId;
  displayName: string;
  about?: string;
  showsPresence?: boolean;
  picture?: MediaId;
}

export interface Contact {
  userId: UserId;
  name: string;
}

export interface Device {
  id: string;
  name: string;
  signedInAt: string;
  lastSeenAt: string;
  current: boolean;
  acknowledged: number;
}

/** RFC 9457, as every refusal is told. */
export interface Problem {
  title: string;
  status: number;
  detail: string;
  code: string;
  retryable: boolean;
}
