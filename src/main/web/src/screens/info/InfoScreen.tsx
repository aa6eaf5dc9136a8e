import { t } from '../../i18n/texts';
import type { Chat } from '../../model/chat';
import { go } from '../../model/route';
import type { Conversation } from '../../store/database';
import { IconButton, Switch } from '../../ui/controls';
import { attempt } from '../../ui/errors';
import { EncryptionCard } from './EncryptionCard';
import { GroupInfo } from '../group/GroupInfo';
import { PersonInfo } from './PersonInfo';

/** About whom or what a conversation is with. */
export function InfoScreen({ chat, id }: { chat: Chat; id: string }) {
  const conversation = chat.conversation(id);
  const isGroup = conversation.kind === 'group';
  const title = t(isGroup ? 'group.info' : 'profile.title');
  return (
    <aside class="info-pane" aria-label={title}>
      <header class="bar">
        <IconButton
          icon="close"
          label={t('action.close')}
          onClick={() => go({ at: 'conversation', id }, true)}
        />
        <h1>{title}</h1>
      </header>
      <div class="pane-body cards">
        <EncryptionCard chat={chat} conversation={conversation} />
        {isGroup ? (
          <GroupInfo chat={chat} conversation={conversation} />
        ) : (
          <PersonInfo chat={chat} conversation={conversation} />
        )}
      </div>
    </aside>
  );
}

/** Mute, pin, archive: what only the user's own list shows. */
export function Arrangement({ chat, conversation }: { chat: Chat; conversation: Conversation }) {
  const { id, muted, pinned, archived } = conversation;
  const arrange = (change: Parameters<Chat['arrange']>[1]) =>
    void attempt(() => chat.arrange(id, change));
  return (
    <div class="group-card">
      <Switch label={t('profile.mute')} on={muted} onToggle={(on) => arrange({ muted: on })} />
      <Switch label={t('profile.pin')} on={pinned} onToggle={(on) => arrange({ pinned: on })} />
      <Switch
        label={t('profile.archive')}
        on={archived}
        onToggle={(on) => arrange({ archived: on })}
      />
    </div>
  );
}
