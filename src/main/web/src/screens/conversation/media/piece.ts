import type { Draft } from '../../../store/database';
import type { Content, Message, UserId } from '../../../wire/forms';

/** A picture, video, sound or file of a conversation, sent or still on its way. */
export interface Piece {
  /** The same before and after it is sent. */
  key: string;
  content: Content;
  from: UserId;
  at: string;
  clientId?: string;
  message?: Message;
  draft?: Draft;
}

export function pieceOf(message: Message): Piece {
  const { id, clientId, content, from, sentAt: at } = message;
  return { key: clientId ?? id, content, from, at, clientId, message };
}

export function pieceOfDraft(draft: Draft, me: UserId): Piece {
  const { clientId, content, writtenAt: at } = draft;
  return { key: clientId, content, from: me, at, clientId, draft };
}
