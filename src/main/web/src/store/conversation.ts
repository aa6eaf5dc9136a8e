import type { ConversationId, ConversationInfo, Message, MessageId, UserId } from '../wire/forms';
import { isSealed, isSilent } from '../wire/sealed';
import type { Conversation, Marks } from './database';

/** The later of two ids; ids sort by time. */
export function later(a: MessageId | undefined, b: MessageId | undefined): MessageId | undefined {
  return a === undefined || (b !== undefined && b > a) ? b : a;
}

/** The other one of a direct conversation; the user themselves when they talk to themselves. */
export function partner(id: ConversationId, me: UserId): UserId | undefined {
  const [kind, a, b] = id.split(':');
  if (kind !== 'direct') return undefined;
  return a === me ? b : a;
}

export function directWith(user: UserId, me: UserId): ConversationId {
  return `direct:${[user, me].sort().join(':')}`;
}

/** One that nothing is known about yet. */
export function newConversation(id: ConversationId, me: UserId): Conversation {
  const other = partner(id, me);
  return {
    id,
    kind: other === undefined ? 'group' : 'direct',
    with: other,
    unread: 0,
    mentions: 0,
    marks: {},
    muted: false,
    pinned: false,
    archived: false,
  };
}

/** With the message as the last one, if none is later. */
export function withLast(conversation: Conversation, message: Message): Conversation {
  const last = conversation.last;
  if (isSilent(message.content)) return conversation;
  return last && last.id > message.id ? conversation : { ...conversation, last: message };
}

/** Once something was sealed, all that is said later has to be. */
export function withSeal(conversation: Conversation, message: Message): Conversation {
  const { sealedSince } = conversation;
  if (!message.sealed && !isSealed(message.content)) return conversation;
  if (sealedSince !== undefined && sealedSince <= message.id) return conversation;
  return { ...conversation, sealedSince: message.id };
}

/** The marks of a group's members together. */
export const ALL_OTHERS = '*';

/** What a group says about itself: its title, and whether the user is in it. */
export function withNotice(conversation: Conversation, message: Message, me: UserId): Conversation {
  const { type, title, member, members } = message.content;
  const known = title ? { ...conversation, title } : conversation;
  switch (type) {
    case 'group-deleted':
      return { ...known, left: true };
    case 'member-left':
    case 'member-removed':
      return member === me ? { ...known, left: true } : known;
    case 'group-created':
    case 'members-added':
      return members?.includes(me) ? { ...known, left: false } : known;
    case 'member-joined':
      return member === me ? { ...known, left: false } : known;
    default:
      return known;
  }
}

/** Marks only move forward. */
export function withMarks(conversation: Conversation, by: UserId, marks: Marks): Conversation {
  const before = conversation.marks[by] ?? {};
  const read = later(before.read, marks.read);
  const delivered = later(later(before.delivered, marks.delivered), read);
  return { ...conversation, marks: { ...conversation.marks, [by]: { delivered, read } } };
}

/** What a message of one's own that came over REST says about how far the other one has got. */
export function withStatus(conversation: Conversation, message: Message, me: UserId): Conversation {
  const other = conversation.with ?? ALL_OTHERS;
  if (message.from !== me || !message.status || message.status === 'sent') {
    return conversation;
  }
  const read = message.status === 'read' ? message.id : undefined;
  return withMarks(conversation, other, { delivered: message.id, read });
}

/** Takes over what the server says about it, but not what it counts. */
export function withInfo(conversation: Conversation, info: ConversationInfo): Conversation {
  return {
    ...conversation,
    title: info.title ?? conversation.title,
    muted: isMuted(info),
    pinned: info.pinned ?? false,
    archived: info.archived ?? false,
    sealedSince:
      conversation.sealedSince ?? (info.encrypted ? (info.lastMessage?.id ?? '') : undefined),
  };
}

function isMuted(info: ConversationInfo): boolean {
  return info.muted ?? (info.mutedUntil !== undefined && Date.parse(info.mutedUntil) > Date.now());
}

/** Also what it counts: for a device that starts, or starts again. */
export function fromInfo(info: ConversationInfo, me: UserId): Conversation {
  const last = saidLast(info);
  const plain: Conversation = {
    ...newConversation(info.id, me),
    last,
    unread: info.unread,
    mentions: info.mentions ?? 0,
    readUpTo: info.readUpTo,
    countedUpTo: info.lastMessage?.id,
    knownFrom: last?.id,
  };
  const known = withInfo(plain, info);
  return last ? withSeal(withStatus(known, last, me), last) : known;
}

/** The last message, if that is one that is read: devices may have agreed on keys since. */
export function saidLast({ lastMessage }: ConversationInfo): Message | undefined {
  return lastMessage && !isSilent(lastMessage.content) ? lastMessage : undefined;
}

/** How far a message of one's own has got: in a group as far as with the slowest known member. */
export function statusOf(
  conversation: Conversation,
  message: Message,
): 'sent' | 'delivered' | 'read' {
  if (message.status === 'read') return 'read';
  const marks = conversation.marks[conversation.with ?? ALL_OTHERS];
  if (marks?.read && marks.read >= message.id) return 'read';
  if (marks?.delivered && marks.delivered >= message.id) return 'delivered';
  return message.status ?? 'sent';
}
