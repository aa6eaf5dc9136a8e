import type { Content, MessageId, SealedKind, UserId } from './forms';

/** What only the devices in a conversation can read: a message of MLS (RFC 9420) in base64. */
export interface SealedContent extends Content {
  type: 'sealed';
  protocol: string;
  epoch: number;
  data: string;
  /** Absent: something that somebody says. */
  kind?: SealedKind;
  /** What lets new devices in; beside commits only. */
  welcome?: string;
  /** The files that belong to it, so that the server knows who may fetch them. */
  media?: string[];
}

/** What is inside, as JSON. */
export interface Letter {
  content: Content;
  replyTo?: MessageId;
  mentions?: UserId[];
  /** The message that this is the new text of. */
  edits?: MessageId;
}

export function isSealed(content: Content): content is SealedContent {
  return content.type === 'sealed' && typeof (content as SealedContent).data === 'string';
}

/** Whether devices only agree on keys there: nobody says anything. */
export function isHandshake(content: Content): boolean {
  const { kind } = content as SealedContent;
  return isSealed(content) && (kind === 'proposal' || beginsEpoch(content));
}

/** Whether it is the one commit of its epoch. */
export function beginsEpoch({ kind }: SealedContent): boolean {
  return kind === 'commit' || kind === 'restart';
}

/** Whether a member began anew there, in a new group. */
export function isRestart(content: Content): boolean {
  return isSealed(content) && content.kind === 'restart';
}

/** Whether somebody says what they think of another message, sealed or opened. */
export function isReaction(content: Content): boolean {
  if (content.type === 'reaction') return true;
  return isSealed(content) && content.kind === 'reaction';
}

/** Whether there is nothing to read in it by itself. */
export function isSilent(content: Content): boolean {
  return isHandshake(content) || isReaction(content);
}

/** Tells sealed contents apart: the end of each is a tag that no other has. */
export function tailOf({ data }: SealedContent): string {
  return data.slice(-48);
}

/** Devices and their keys, as the server knows them. */
export interface DeviceKeys {
  deviceId: string;
  signatureKeys: Record<string, string>;
  /** For which of them there are key packages. */
  suites: number[];
}

export interface MemberKeys {
  user: UserId;
  devices: DeviceKeys[];
  /** How many devices are signed in that have no keys. */
  keyless: number;
}

/** Who could read a conversation, by what the server knows. */
export interface ConversationKeys {
  members: MemberKeys[];
  /** There are too many to agree on keys. */
  tooMany?: boolean;
  /** 0: it is not encrypted. */
  epoch?: number;
}

/** One device's key package, handed out once. */
export interface KeyPackageForm {
  deviceId: string;
  signatureKey: string;
  keyPackage: string;
  lastResort: boolean;
}

/** A commit that was accepted: it ended its epoch. */
export interface CommitForm {
  epoch: number;
  by: UserId;
  device: string;
  clientId: string;
  kind: SealedKind;
  data: string;
  welcome?: string;
}

/** What is needed to join from outside. */
export interface MlsInfo {
  epoch: number;
  suite: number;
  /** Absent when the last commit brought none. */
  groupInfo?: string;
}

/** One entry of a user's key log, as the canonical text that was hashed. */
export interface LogEntry {
  index: number;
  leaf: string;
}

export interface LogPage {
  size: number;
  root: string;
  entries: LogEntry[];
}
