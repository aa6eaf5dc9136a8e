import type { ConversationId, Message, MessageId, UserId } from '../wire/forms';
import type { Change, KeptReaction, Name, OpenedLetter } from './database';
import { reacted } from './message';

/** Emoji are short; what is longer is none. */
const EMOJI_LENGTH_MAX = 64;

type Reacting = Change<'reactions' | 'messages'>;

/** What a sealed letter of that conversation says about another message there, if it does. */
export function reactionIn(
  { letter: { content }, user }: Pick<OpenedLetter, 'letter' | 'user'>,
  conversation: ConversationId,
): KeptReaction | undefined {
  const { type, messageId: message, emoji, on, at } = content;
  if (type !== 'reaction' || typeof message !== 'string' || typeof at !== 'number') return;
  if (typeof emoji !== 'string' || emoji === '' || emoji.length > EMOJI_LENGTH_MAX) return;
  return { conversation, message, user, emoji, on: on === true, at };
}

/**
 * Keeps it unless something later is known of the same one, and shows it at its message, if that is
 * here. Whichever comes first, all devices end up with the same. The answer is the message.
 */
export async function react<N extends Name>(
  within: Change<N>,
  reaction: KeptReaction,
): Promise<Message | undefined> {
  const change = within as unknown as Reacting;
  const { conversation, message: id, user, emoji, on, at } = reaction;
  const store = change.objectStore('reactions');
  const known = await store.get([conversation, id, user, emoji]);
  if (known && known.at >= at) return undefined;
  await store.put(reaction);
  const message = await change.objectStore('messages').get(id);
  if (message?.conversation !== conversation) return undefined;
  const now = reacted(message, user, emoji, on);
  await change.objectStore('messages').put(now);
  return now;
}

/** The message as the server has it, with the reactions that it does not know. */
export async function withReactions<N extends Name>(
  within: Change<N>,
  message: Message,
): Promise<Message> {
  const change = within as unknown as Reacting;
  const { conversation, id } = message;
  const all = IDBKeyRange.bound([conversation, id], [conversation, id, []]);
  const kept = await change.objectStore('reactions').getAll(all);
  return kept.reduce((now, { user, emoji, on }) => reacted(now, user, emoji, on), message);
}

/** When something that is done now counts as done: after all that is known of the same. */
export async function timeFor<N extends Name>(
  within: Change<N>,
  key: [ConversationId, MessageId, UserId, string],
): Promise<number> {
  const known = await (within as unknown as Reacting).objectStore('reactions').get(key);
  return Math.max(Date.now(), (known?.at ?? 0) + 1);
}
