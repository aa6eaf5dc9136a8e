import { short } from '../../i18n/dates';
import { number, plural, t } from '../../i18n/texts';
import type { Chat } from '../../model/chat';
import { preview } from '../../model/preview';
import { isNotice } from '../../store/notice';
import { linkTo } from '../../model/route';
import { statusOf } from '../../store/conversation';
import type { Conversation } from '../../store/database';
import { Avatar } from '../../ui/Avatar';
import { Icon, Ticks } from '../../ui/Icon';
import { Preview } from '../../ui/Preview';
import { useTouch } from '../../ui/touch';
import type { Spot } from '../../ui/Sheet';
import { typingIn } from '../conversation/Header';

/** A badge shows no more than this. */
const COUNT_MAX = 999;

interface Props {
  chat: Chat;
  conversation: Conversation;
  selected: boolean;
  onMenu(spot: Spot): void;
}

/** One conversation of the list. */
export function ConversationRow({ chat, conversation, selected, onMenu }: Props) {
  const { id, unread, muted, pinned, last, mentions } = conversation;
  const name = chat.title(conversation);
  const press = useTouch({ onHold: onMenu });
  if (conversation.with) chat.people.need(conversation.with);
  const presence = conversation.with ? chat.live.presence.value.get(conversation.with) : undefined;
  return (
    <li class={`conversation-row${unread > 0 ? ' unread' : ''}`} {...press}>
      <a
        href={linkTo({ at: 'conversation', id })}
        aria-current={selected ? 'page' : undefined}
        data-testid="conversation"
        data-id={id}
      >
        <Avatar
          id={conversation.with ?? id}
          name={name}
          group={conversation.kind === 'group'}
          online={presence?.online && conversation.with !== chat.me}
        />
        <span class="grow">
          <span class="line">
            <strong class="cut grow">{name}</strong>
            {last && <time datetime={last.sentAt}>{short(last.sentAt)}</time>}
          </span>
          <span class="line">
            <span class="cut grow summary">
              <Summary chat={chat} conversation={conversation} />
            </span>
            {muted && <Mini name="mute" label={t('list.muted')} />}
            {pinned && <Mini name="pin" label={t('list.pinned')} />}
            {mentions > 0 && (
              <span class="badge" role="img" aria-label={t('list.mentioned')}>
                @
              </span>
            )}
            {unread > 0 && (
              <span class={`badge${muted ? ' quiet' : ''}`} data-testid="unread">
                <span aria-hidden="true">
                  {unread > COUNT_MAX ? `${COUNT_MAX}+` : number(unread)}
                </span>
                <span class="unseen">{plural('list.unread', unread)}</span>
              </span>
            )}
          </span>
        </span>
      </a>
      <button
        type="button"
        class="row-menu icon-button"
        aria-label={t('list.actions', { name })}
        onClick={(event) => {
          const { left, bottom } = event.currentTarget.getBoundingClientRect();
          onMenu({ x: left, y: bottom });
        }}
      >
        <Icon name="down" size={18} />
      </button>
    </li>
  );
}

function Mini({ name, label }: { name: 'mute' | 'pin'; label: string }) {
  return (
    <span class="mini" role="img" aria-label={label}>
      <Icon name={name} size={16} />
    </span>
  );
}

/** What happens there, or was said last. */
function Summary({ chat, conversation }: { chat: Chat; conversation: Conversation }) {
  const typing = typingIn(chat, conversation);
  if (typing) return <em class="typing">{typing}</em>;
  const begun = chat.unsent.texts.value.get(conversation.id);
  if (begun) {
    return (
      <>
        <span class="begun">{t('list.draft')}</span> {begun}
      </>
    );
  }
  const waiting = chat.drafts.value.findLast((it) => it.conversation === conversation.id);
  if (waiting) {
    return (
      <>
        <Icon name={waiting.refused ? 'alert' : 'clock'} size={15} />
        <Preview chat={chat} message={{ content: waiting.content, from: chat.me }} />
      </>
    );
  }
  const { last } = conversation;
  if (!last) return null;
  const mine = last.from === chat.me;
  if (isNotice(last.content)) return <>{preview(chat, last)}</>;
  const inGroup = conversation.kind === 'group';
  const status = statusOf(conversation, last);
  return (
    <>
      {mine && !last.deleted && (
        <span class={`status ${status}`} role="img" aria-label={t(`message.${status}`)}>
          <Ticks twice={status !== 'sent'} />
        </span>
      )}
      {inGroup && `${mine ? t('list.you') : `${chat.people.name(last.from)}:`} `}
      <Preview chat={chat} message={last} />
    </>
  );
}
