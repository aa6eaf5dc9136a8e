import { full } from '../../i18n/dates';
import { plural, t } from '../../i18n/texts';
import type { Chat } from '../../model/chat';
import { lockTitle } from '../../model/locks';
import { go, linkTo } from '../../model/route';
import type { Conversation } from '../../store/database';
import { Avatar } from '../../ui/Avatar';
import { IconButton } from '../../ui/controls';
import { Icon } from '../../ui/Icon';

/** Who this is with, and what they are doing. */
export function Header({ chat, conversation }: { chat: Chat; conversation: Conversation }) {
  const { id } = conversation;
  const name = chat.title(conversation);
  const online = conversation.with
    ? chat.live.presence.value.get(conversation.with)?.online
    : undefined;
  return (
    <header class="bar conversation-bar">
      <IconButton
        class="icon-button back"
        icon="back"
        label={t('action.back')}
        onClick={() => go({ at: 'list' }, true)}
      />
      <a class="who" href={linkTo({ at: 'info', id })} title={t('chat.info', { name })}>
        <Avatar
          id={conversation.with ?? id}
          name={name}
          group={conversation.kind === 'group'}
          online={online}
          size="small"
        />
        <span class="grow">
          <span class="line">
            <h1 class="cut" data-testid="conversation-title">
              {name}
            </h1>
            <LockSign chat={chat} conversation={conversation} />
          </span>
          <span class="cut doing" data-testid="conversation-status">
            <Doing chat={chat} conversation={conversation} />
          </span>
        </span>
      </a>
    </header>
  );
}

/** Whether what is said there can be read by others than those in it. */
function LockSign({ chat, conversation }: { chat: Chat; conversation: Conversation }) {
  const lock = chat.sealing.lockOf(conversation);
  if (!lock) return null;
  const isShut = chat.sealing.seals(conversation);
  return (
    <span
      class={`lock${isShut ? '' : ' open'}`}
      role="img"
      aria-label={lockTitle(lock)}
      title={lockTitle(lock)}
      data-testid="lock"
      data-lock={lock.kind}
    >
      <Icon name={isShut ? 'lock' : 'lock-open'} size={15} />
    </span>
  );
}

function Doing({ chat, conversation }: { chat: Chat; conversation: Conversation }) {
  const typing = typingIn(chat, conversation);
  if (typing) return <em class="typing">{typing}</em>;
  if (conversation.kind === 'group') {
    const group = chat.groups.get(conversation.id);
    return <>{group ? plural('group.members', group.memberCount) : ''}</>;
  }
  const presence = chat.live.presence.value.get(conversation.with!);
  if (conversation.with === chat.me) return <>{t('people.yourself')}</>;
  if (presence?.online) return <>{t('presence.online')}</>;
  if (presence?.lastSeen) return <>{t('presence.lastSeen', { when: full(presence.lastSeen) })}</>;
  return <>@{conversation.with}</>;
}

/** Who types there right now, in words. */
export function typingIn(chat: Chat, conversation: Conversation): string | undefined {
  const users = (chat.live.typing.value.get(conversation.id) ?? []).filter((id) => id !== chat.me);
  if (users.length === 0) return undefined;
  if (conversation.kind === 'direct') return t('presence.typing');
  if (users.length > 1) return t('presence.typingMany', { count: users.length });
  return t('presence.typingWho', { who: chat.people.name(users[0]!) });
}
