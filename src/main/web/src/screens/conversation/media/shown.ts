import { day } from '../../../i18n/dates';
import { t } from '../../../i18n/texts';
import type { Chat } from '../../../model/chat';
import type { Shown } from '../../../model/media';
import { mediaName } from '../../../model/preview';
import type { MediaSize } from '../../../wire/media';
import type { Piece } from './piece';

/** What it is for those who do not see it: what is said with it, or whose it is and of when. */
export function wordsFor(chat: Chat, { content, from, at }: Piece): string {
  if (content.caption) return content.caption;
  const name = from === chat.me ? t('you.object') : chat.people.name(from);
  return t('media.alt', { what: mediaName(content), name, when: day(at) });
}

/** Where a picture is, as far as that is known: in the file that is sent, or on the server. */
export interface Sought extends Shown {
  local?: string;
}

export function pictureOf(chat: Chat, piece: Piece, size: MediaSize): Sought {
  const { content, clientId, draft } = piece;
  const local = draft ? chat.media.file(draft.clientId) : chat.media.knownFile(clientId);
  if (local) return { local };
  // A video of which the server could make no still has no placeholder either.
  if (!content.mediaId || (content.kind === 'video' && !content.placeholder)) return {};
  const moves = content.mime === 'image/gif' && content.kind === 'image';
  return chat.media.of(content, moves ? 'original' : size);
}
