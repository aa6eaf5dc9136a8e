import type { Content, ConversationId, Message, MessageId, UserId } from '../wire/forms';
import { isSealed, tailOf } from '../wire/sealed';
import type {
  Change,
  Database,
  Identity,
  KeptGroup,
  KeptPackage,
  Name,
  OpenedLetter,
} from './database';

export const KEY_STORES = ['opened', 'groups', 'packages', 'identities'] as const;
type KeyStores = (typeof KEY_STORES)[number];

/** What some work on keys changed, to be written at once and as a whole. */
export interface KeyChange {
  opened: Map<string, OpenedLetter>;
  groups: Map<ConversationId, KeptGroup>;
  /** Groups that this device is not in any more. */
  lost: Set<ConversationId>;
  /** Key packages that were made, and those that were used up. */
  made: KeptPackage[];
  used: string[];
  identities: Map<UserId, Identity>;
  /** Whose keys are not those that were known, by conversation. */
  news: { conversation: ConversationId; user: UserId }[];
}

export function noKeyChange(): KeyChange {
  return {
    opened: new Map(),
    groups: new Map(),
    lost: new Set(),
    made: [],
    used: [],
    identities: new Map(),
    news: [],
  };
}

/** Writes it within a change of other things, too. */
export async function writeKeys<N extends Name>(change: Change<N>, keys: KeyChange): Promise<void> {
  const tx = change as unknown as Change<KeyStores>;
  for (const [tail, letter] of keys.opened) await tx.objectStore('opened').put(letter, tail);
  for (const id of keys.lost) await tx.objectStore('groups').delete(id);
  for (const group of keys.groups.values()) await tx.objectStore('groups').put(group);
  for (const made of keys.made) await tx.objectStore('packages').put(made);
  for (const ref of keys.used) await tx.objectStore('packages').delete(ref);
  for (const it of keys.identities.values()) await tx.objectStore('identities').put(it);
}

/** Where letters are found that were opened before. */
interface Letters {
  get(tail: string): Promise<OpenedLetter | undefined>;
}

/** The message with what is inside it, if this device has opened it and the right one wrote it. */
export async function unsealed(letters: Letters, message: Message): Promise<Message> {
  if (!isSealed(message.content)) return message;
  const opened = await letters.get(tailOf(message.content));
  if (!opened || opened.user !== message.from) return message;
  const { letter } = opened;
  const isItsOwn = letter.edits === (message.editedAt ? message.id : undefined);
  if (!isItsOwn) return message;
  const { content, replyTo = message.replyTo, mentions = message.mentions } = letter;
  return { ...message, content, replyTo, mentions, sealed: true };
}

/** The new text of a message; sealed as it is where it cannot be opened or is for another one. */
export async function unsealedEdit(
  letters: Letters,
  edit: { id: MessageId; by: UserId; content: Content },
): Promise<Content> {
  if (!isSealed(edit.content)) return edit.content;
  const opened = await letters.get(tailOf(edit.content));
  const isIts = opened?.user === edit.by && opened.letter.edits === edit.id;
  return isIts ? opened.letter.content : edit.content;
}

export function lettersOf(db: Database): Letters {
  return { get: (tail) => db.get('opened', tail) };
}
