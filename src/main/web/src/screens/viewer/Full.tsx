import { useEffect, useState } from 'preact/hooks';
import { t } from '../../i18n/texts';
import { placeholderUrl } from '../../media/placeholder';
import type { Chat } from '../../model/chat';
import { IconButton } from '../../ui/controls';
import { attempt, explainCode } from '../../ui/errors';
import type { Message } from '../../wire/forms';
import { pieceOf } from '../conversation/media/piece';
import { wordsFor } from '../conversation/media/shown';
import { alone } from '../conversation/media/players';
import { useGestures } from './gestures';

interface Props {
  chat: Chat;
  message: Message;
  onTurn(by: 1 | -1): void;
  onClose(): void;
}

/** A picture that can be enlarged, moved, and drawn aside for the next one. */
export function FullPicture({ chat, message, onTurn, onClose }: Props) {
  const { pose, held, handlers, zoom } = useGestures({ onTurn, onClose });
  const { content } = message;
  const { placeholder, width, height } = content;
  const sharp = chat.media.of(content, 'original');
  const less = chat.media.of(content, '800');
  const url = sharp.url ?? less.url ?? (placeholder && placeholderUrl(placeholder));
  const [x, y] = [`${pose.x}px`, `${pose.y}px`];
  return (
    <>
      <div class={`viewer-stage${held ? ' held' : ''}`} {...handlers}>
        {url && (
          <img
            src={url}
            alt={wordsFor(chat, pieceOf(message))}
            draggable={false}
            class={sharp.url || less.url ? '' : 'blurred'}
            style={{
              transform: `translate(${x}, ${y}) scale(${pose.scale})`,
              aspectRatio: width && height ? `${width}/${height}` : undefined,
            }}
            data-testid="full-picture"
          />
        )}
        {!sharp.url && !sharp.failed && <span class="spinner" />}
        {sharp.failed === 'file-damaged' && (
          <p class="viewer-wrong" role="alert">
            {explainCode(sharp.failed)}
          </p>
        )}
      </div>
      <div class="viewer-zoom">
        <IconButton icon="minus" label={t('viewer.smaller')} onClick={() => zoom(1 / 1.6)} />
        <IconButton icon="plus" label={t('viewer.larger')} onClick={() => zoom(1.6)} />
      </div>
    </>
  );
}

export function FullVideo({ chat, message }: { chat: Chat; message: Message }) {
  const [url, setUrl] = useState<string>();
  const { content } = message;
  const still = chat.media.of(content, '800');
  useEffect(() => void attempt(async () => setUrl(await chat.media.address(content))), []);
  return (
    <div class="viewer-stage">
      <video
        src={url}
        poster={still.url}
        aria-label={wordsFor(chat, pieceOf(message))}
        controls
        autoplay
        playsInline
        onPlay={(event) => alone(event.currentTarget)}
      />
    </div>
  );
}
