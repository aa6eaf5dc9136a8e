import type { ConversationId, GroupRules, Role, UserId } from './forms';
import type { MediaId } from './media';

/** A group as a member sees it. */
export interface Group {
  id: string;
  conversation: ConversationId;
  title: string;
  description: string;
  picture?: MediaId;
  policy: GroupRules;
  createdBy: UserId;
  createdAt: string;
  memberCount: number;
  /** Of the user. */
  role: Role;
}

export interface Member {
  userId: UserId;
  role: Role;
  joinedAt: string;
}

export interface Invite {
  id: string;
  /** Told once only, when the invite is made. */
  token?: string;
  createdBy: UserId;
  expiresAt: string;
  usesLeft: number;
}

/** How far one member has got with one message. */
export interface MemberReceipt {
  userId: UserId;
  delivered: boolean;
  read: boolean;
  /** They are in the group no longer. */
  left: boolean;
}
