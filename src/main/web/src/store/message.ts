import type { EntryFrame } from '../wire/frames';
import type { Message, UserId } from '../wire/forms';
import type { Draft } from './database';

type Of<T extends EntryFrame['t']> = Extract<EntryFrame, { t: T }>;

/**
 * The message of a mailbox entry, beside what is known already. The entry says what was said at
 * first, so what became of it since stays.
 */
export function merged(known: Message | undefined, said: Message): Message {
  if (!known) return said;
  return { ...known, pos: said.pos ?? known.pos, clientId: said.clientId ?? known.clientId };
}

export function edited(message: Message, edit: Of<'edited'>): Message {
  const older = message.editedAt !== undefined && message.editedAt > edit.at;
  if (message.deleted || older) return message;
  return { ...message, content: edit.content, editedAt: edit.at };
}

/** Nothing stays of what it said. */
export function deleted(message: Message): Message {
  const { reactions: _, editedAt: __, ...rest } = message;
  return { ...rest, deleted: true, content: { type: 'deleted' } };
}

export function reacted(message: Message, by: UserId, emoji: string, on: boolean): Message {
  if (message.deleted) return message;
  const { reactions: before = {} } = message;
  // It may be called like what every object has.
  const known = Object.hasOwn(before, emoji) ? before[emoji]! : [];
  const others = known.filter((user) => user !== by);
  const reactions = { ...before, [emoji]: on ? [...others, by].sort() : others };
  if (reactions[emoji]?.length === 0) delete reactions[emoji];
  return { ...message, reactions };
}

/** What a draft became. */
export function sent(draft: Draft, frame: Of<'sent'>, me: UserId): Message {
  return {
    id: frame.id,
    conversation: frame.conversation,
    from: me,
    clientId: frame.ref,
    sentAt: frame.sentAt,
    content: draft.content,
    read: true,
    pos: frame.pos,
    status: 'sent',
    replyTo: draft.replyTo,
    mentions: draft.mentions,
    sealed: draft.sealed !== undefined || undefined,
  };
}
