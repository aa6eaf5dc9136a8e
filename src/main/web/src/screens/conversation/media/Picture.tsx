import { useState } from 'preact/hooks';
import { boxOf } from '../../../media/box';
import { placeholderUrl } from '../../../media/placeholder';
import { t } from '../../../i18n/texts';
import type { Chat } from '../../../model/chat';
import { Icon } from '../../../ui/Icon';
import type { Content } from '../../../wire/forms';
import type { MediaSize } from '../../../wire/media';
import { duration } from './amounts';
import type { Piece } from './piece';
import { pictureOf, wordsFor, type Sought } from './shown';
import { UploadRing } from './UploadRing';

/** A picture, or a still of a video, in the room that it will need once it is loaded. */
export function Picture({
  chat,
  piece,
  size = '800',
  tile,
  more,
  onOpen,
}: {
  chat: Chat;
  piece: Piece;
  size?: MediaSize;
  /** It fills a place of an album instead. */
  tile?: boolean;
  /** So many more are behind it. */
  more?: number;
  onOpen(): void;
}) {
  const { content, draft } = piece;
  const box = boxOf(content);
  const words = wordsFor(chat, piece);
  const isVideo = content.kind === 'video';
  const shown = pictureOf(chat, piece, size);
  const onClick = shown.failed ? () => chat.media.retry(content) : onOpen;
  const room = { width: `${box.width}px`, aspectRatio: `${box.width}/${box.height}` };
  return (
    <span
      class={`picture${tile ? ' tile' : ''}`}
      style={tile ? undefined : room}
      data-testid="picture"
    >
      <button type="button" class="picture-open" aria-label={words} onClick={onClick}>
        <Sight content={content} shown={shown} words={words} />
        {isVideo && !more && !draft?.upload && (
          <span class="play-mark">
            <Icon name="play" size={26} />
          </span>
        )}
        {isVideo && content.durationMs !== undefined && !more && (
          <span class="chip">
            <Icon name="video" size={14} /> {duration(content.durationMs)}
          </span>
        )}
        {more && <span class="more-mark">{t('media.more', { count: more })}</span>}
      </button>
      {draft && <UploadRing chat={chat} draft={draft} />}
    </span>
  );
}

/** The blurred placeholder, and the picture over it as soon as it is there. */
function Sight({ content, shown, words }: { content: Content; shown: Sought; words: string }) {
  const [unreadable, setUnreadable] = useState<string>();
  const { local, url, failed } = shown;
  const address = local ?? url;
  const blurred = content.placeholder && placeholderUrl(content.placeholder);
  const readable = address !== undefined && address !== unreadable;
  return (
    <>
      {blurred && <img class="blurred" src={blurred} alt="" data-testid="placeholder" />}
      {readable && local && content.kind === 'video' && (
        <video class="sharp" src={`${local}#t=0.1`} muted playsInline preload="metadata" />
      )}
      {readable && !(local && content.kind === 'video') && (
        <img
          class={local ? 'sharp' : 'sharp fading'}
          src={address}
          alt={words}
          decoding="async"
          draggable={false}
          onError={() => setUnreadable(address)}
          data-testid="loaded-picture"
        />
      )}
      {failed && <NotLoaded code={failed} />}
    </>
  );
}

function NotLoaded({ code }: { code: string }) {
  const gone = code === 'not-found' || code === 'unknown-media';
  const damaged = code === 'file-damaged';
  return (
    <span class="not-loaded">
      <Icon name={damaged ? 'alert' : gone ? 'block' : 'again'} size={22} />
      <span>{t(damaged ? 'media.damaged' : gone ? 'media.gone' : 'media.notLoaded')}</span>
    </span>
  );
}
