import type { Chat } from '../../../model/chat';
import { Clip } from './Clip';
import { FileCard } from './FileCard';
import { Picture } from './Picture';
import type { Piece } from './piece';
import { Sound } from './Sound';

/** What a bubble has above its caption. */
export function MediaBody(props: { chat: Chat; piece: Piece; onOpen(): void }) {
  const { chat, piece, onOpen } = props;
  switch (piece.content.kind) {
    case 'image':
      return <Picture chat={chat} piece={piece} onOpen={onOpen} />;
    case 'video':
      return <Clip chat={chat} piece={piece} />;
    case 'audio':
      return <Sound chat={chat} piece={piece} />;
    default:
      return <FileCard chat={chat} piece={piece} />;
  }
}

/** The classes of a bubble with that in it. */
export function mediaClasses({ content }: Piece): string {
  const seen = content.kind === 'image' || content.kind === 'video';
  if (!seen) return 'with-media';
  return content.caption ? 'with-media seen' : 'with-media seen bare';
}
