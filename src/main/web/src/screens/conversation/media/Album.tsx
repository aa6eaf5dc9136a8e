import type { Chat } from '../../../model/chat';
import { useTouch } from '../../../ui/touch';
import { Icon } from '../../../ui/Icon';
import { t } from '../../../i18n/texts';
import { Reactions, type BubbleActions } from '../Bubble';
import { Picture } from './Picture';
import type { Piece } from './piece';

/** So many are shown; the last of them is covered by how many more there are, itself included. */
const TILES_MAX = 4;

/** Pictures and videos that were sent one after the other. */
export function Album({
  chat,
  pieces,
  actions,
}: {
  chat: Chat;
  pieces: readonly Piece[];
  actions: BubbleActions;
}) {
  const shown = pieces.slice(0, TILES_MAX);
  const hidden = pieces.length - shown.length;
  return (
    <div
      class={`album of-${shown.length}`}
      role="group"
      aria-label={t('media.album', { count: pieces.length })}
      data-testid="album"
    >
      {shown.map((piece, index) => (
        <Tile
          key={piece.key}
          chat={chat}
          piece={piece}
          more={hidden > 0 && index === TILES_MAX - 1 ? hidden + 1 : undefined}
          actions={actions}
        />
      ))}
    </div>
  );
}

function Tile(props: { chat: Chat; piece: Piece; more?: number; actions: BubbleActions }) {
  const { chat, piece, more, actions } = props;
  const { message } = piece;
  const press = useTouch({
    onHold: (spot) => message && actions.menu(message, spot),
    onSwipe: message && (() => actions.reply(message)),
  });
  return (
    <span
      class="album-tile"
      data-id={message?.id}
      {...press}
      onContextMenu={(event) => {
        event.stopPropagation();
        press.onContextMenu(event);
      }}
    >
      <Picture
        chat={chat}
        piece={piece}
        size="320"
        tile
        more={more}
        onOpen={() => message && actions.open(message)}
      />
      {message && <Reactions chat={chat} message={message} actions={actions} />}
      {message && (
        <button
          type="button"
          class="bubble-menu"
          aria-label={t('message.actions')}
          onClick={(event) => {
            const { left, bottom } = event.currentTarget.getBoundingClientRect();
            actions.menu(message, { x: left, y: bottom });
          }}
        >
          <Icon name="down" size={16} />
        </button>
      )}
    </span>
  );
}
