import { useState } from 'preact/hooks';
import { boxOf } from '../../../media/box';
import type { Chat } from '../../../model/chat';
import { attempt } from '../../../ui/errors';
import { Picture } from './Picture';
import type { Piece } from './piece';
import { pictureOf, wordsFor } from './shown';
import { alone } from './players';

/** A video: a still of it, and in its place the video once it is wanted. */
export function Clip({ chat, piece }: { chat: Chat; piece: Piece }) {
  const [url, setUrl] = useState<string>();
  const { content, clientId, draft } = piece;
  if (url === undefined) {
    const play = async () =>
      setUrl(chat.media.knownFile(clientId) ?? (await chat.media.address(content)));
    return (
      <Picture
        chat={chat}
        piece={piece}
        onOpen={() => {
          if (content.mediaId && !draft?.upload) void attempt(play);
        }}
      />
    );
  }
  const { width, height } = boxOf(content);
  const still = pictureOf(chat, piece, '800');
  return (
    <span class="picture" style={{ width: `${width}px`, aspectRatio: `${width}/${height}` }}>
      <video
        class="sharp whole"
        src={url}
        poster={still.url}
        aria-label={wordsFor(chat, piece)}
        controls
        autoplay
        playsInline
        onPlay={(event) => alone(event.currentTarget)}
        data-testid="video"
      />
    </span>
  );
}
