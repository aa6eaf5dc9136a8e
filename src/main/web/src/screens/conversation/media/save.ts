import { mediaName } from '../../../model/preview';
import type { Chat } from '../../../model/chat';
import type { Content } from '../../../wire/forms';

/** Has the browser save it among the user's files. */
export async function save(chat: Chat, content: Content): Promise<void> {
  const link = document.createElement('a');
  link.href = await chat.media.address(content);
  link.download = mediaName(content);
  link.click();
}
