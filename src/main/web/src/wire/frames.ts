/** The socket's frames, one JSON object each; asyncapi.json of /docs is the full description. */

import type { Content, ConversationId, Message, MessageId, Problem, UserId } from './forms';

/** An entry of the mailbox: it has a position, and is applied in its order. */
export type EntryFrame =
  | { t: 'message'; pos: number; message: Message }
  | {
      t: 'receipt';
      pos: number;
      conversation: ConversationId;
      /** Absent in a group: that is how far all others have got. */
      by?: UserId;
      delivered?: MessageId;
      read?: MessageId;
    }
  | { t: 'read'; pos: number; conversation: ConversationId; upTo?: MessageId; id?: MessageId }
  | {
      t: 'edited';
      pos: number;
      conversation: ConversationId;
      id: MessageId;
      by: UserId;
      content: Content;
      at: string;
    }
  | {
      t: 'deleted';
      pos: number;
      conversation: ConversationId;
      id: MessageId;
      by: UserId;
      at: string;
    }
  | {
      t: 'reaction';
      pos: number;
      conversation: ConversationId;
      id: MessageId;
      by: UserId;
      emoji: string;
      on: boolean;
      at: string;
    }
  | {
      t: 'sent';
      pos: number;
      ref: string;
      id: MessageId;
      conversation: ConversationId;
      sentAt: string;
    };

export interface TypingFrame {
  t: 'typing';
  conversation: ConversationId;
  user: UserId;
  on: boolean;
}

export interface PresenceFrame {
  t: 'presence';
  user: UserId;
  online: boolean;
  lastSeen?: string;
}

export interface HelloFrame {
  t: 'hello';
  user: UserId;
  device: string;
  pos: number;
  from: number;
  resume: 'complete' | 'reset';
}

export interface ErrorFrame {
  t: 'error';
  ref?: string;
  problem: Problem;
  retryAfterMs?: number;
}

export type ServerFrame =
  | EntryFrame
  | HelloFrame
  | TypingFrame
  | PresenceFrame
  | ErrorFrame
  | { t: 'caught-up'; pos: number }
  | { t: 'draining'; reconnectAfterMs: number }
  /** Few key packages of this device are left for others to take. */
  | { t: 'keys-low'; suite: number; remaining: number }
  | { t: 'pong' };

export type ClientFrame =
  | { t: 'attach'; after: number }
  | {
      t: 'send';
      ref: string;
      to: string;
      content: Content;
      replyTo?: MessageId;
      mentions?: UserId[];
    }
  | { t: 'ack'; pos: number }
  | { t: 'read'; conversation: ConversationId; upTo: MessageId }
  | { t: 'typing'; conversation: ConversationId; on: boolean }
  | { t: 'ping' };

/** Whether it has a position. Kinds that are not known yet have one too, and only count. */
export function isEntry(frame: ServerFrame): frame is EntryFrame {
  return 'pos' in frame && frame.t !== 'hello' && frame.t !== 'caught-up';
}
