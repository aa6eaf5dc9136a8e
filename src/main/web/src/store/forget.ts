import type { MessageId } from '../wire/forms';
import { filesOf, type MediaId } from '../wire/media';
import { LAST_ID, type Change, type Name } from './database';

/** What {@link forget} changes. */
export const FORGOTTEN = ['messages', 'opened', 'media'] as const;

/**
 * Leaves nothing of what was read of a message that is deleted, or of what was seen of its files. The
 * message itself is changed by whoever calls this, afterwards.
 */
export async function forget<N extends Name>(within: Change<N>, id: MessageId): Promise<void> {
  const change = within as unknown as Change<(typeof FORGOTTEN)[number]>;
  const letters = change.objectStore('opened');
  for (const tail of await letters.index('message').getAllKeys(id)) await letters.delete(tail);
  const message = await change.objectStore('messages').get(id);
  if (!message) return;
  for (const file of filesOf(message.content)) {
    await change.objectStore('media').delete(allSizesOf(file));
  }
}

function allSizesOf(file: MediaId): IDBKeyRange {
  return IDBKeyRange.bound(`${file}/`, `${file}/${LAST_ID}`);
}
