import { time } from '../../../i18n/dates';
import { t } from '../../../i18n/texts';
import { statusOf } from '../../../store/conversation';
import { hueOf } from '../../../ui/Avatar';
import { Status, Waiting, type BubbleProps } from '../Bubble';
import { Album } from './Album';
import type { Piece } from './piece';

/** Several pictures in one bubble; each is a message of its own. */
export function AlbumBubble({ pieces, ...props }: BubbleProps & { pieces: readonly Piece[] }) {
  const { chat, conversation, opens, closes, actions } = props;
  const { from } = pieces[0]!;
  const last = pieces.at(-1)!;
  const mine = from === chat.me;
  const name = mine ? t('message.you') : chat.people.name(from);
  const named = conversation.kind === 'group' && !mine && opens;
  if (!mine) chat.people.need(from);
  const classes = ['bubble', 'with-media seen bare', mine ? 'mine' : 'theirs'];
  if (opens) classes.push('opens');
  if (closes) classes.push('closes');
  return (
    <div
      class={classes.join(' ')}
      role="article"
      tabIndex={-1}
      data-testid="message"
      data-id={last.message?.id}
      data-mine={mine}
    >
      <span class="unseen">{name}: </span>
      {named && (
        <div class={`sender hue-${hueOf(from)}`} aria-hidden="true">
          {name}
        </div>
      )}
      <Album chat={chat} pieces={pieces} actions={actions} />
      <span class="meta">
        <time datetime={last.at}>{time(last.at)}</time>
        {last.draft && <Waiting />}
        {mine && last.message && <Status status={statusOf(conversation, last.message)} />}
      </span>
    </div>
  );
}
