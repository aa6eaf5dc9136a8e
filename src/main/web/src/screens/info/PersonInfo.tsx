import { useEffect, useState } from 'preact/hooks';
import { full } from '../../i18n/dates';
import { t } from '../../i18n/texts';
import type { Chat } from '../../model/chat';
import type { Conversation } from '../../store/database';
import { Avatar } from '../../ui/Avatar';
import { Field } from '../../ui/controls';
import { attempt } from '../../ui/errors';
import { Icon, type IconName } from '../../ui/Icon';
import { Confirm, Sheet } from '../../ui/Sheet';
import { Arrangement } from './InfoScreen';

/** About somebody, and what the user makes of them. */
export function PersonInfo({ chat, conversation }: { chat: Chat; conversation: Conversation }) {
  const userId = conversation.with!;
  const person = chat.people.get(userId);
  const name = chat.people.name(userId);
  const presence = chat.live.presence.value.get(userId);
  const [asking, setAsking] = useState<'name' | 'block'>();
  useEffect(() => void chat.people.fetch(userId).catch(() => {}), [userId]);
  const block = (on: boolean) =>
    void attempt(
      () => chat.people.block(userId, on),
      t(on ? 'profile.blockedDone' : 'profile.unblockedDone', { name }),
    );
  return (
    <>
      <div class="profile">
        <Avatar id={userId} name={name} size="huge" />
        <h2>{name}</h2>
        {person.contactName && person.displayName !== person.contactName && (
          <p>{person.displayName}</p>
        )}
        <p class="hint">@{userId}</p>
        {presence && (
          <p class="hint">
            {presence.online
              ? t('presence.online')
              : presence.lastSeen && t('presence.lastSeen', { when: full(presence.lastSeen) })}
          </p>
        )}
        {person.about && <p class="about">{person.about}</p>}
      </div>
      {conversation.last && <Arrangement chat={chat} conversation={conversation} />}
      {userId !== chat.me && (
        <div class="group-card">
          <CardButton
            icon={person.contactName ? 'edit' : 'user-plus'}
            label={t(person.contactName ? 'profile.rename' : 'profile.addContact')}
            onClick={() => setAsking('name')}
          />
          {person.contactName && (
            <CardButton
              icon="trash"
              label={t('profile.removeContact')}
              onClick={() =>
                void attempt(() => chat.people.drop(userId), t('profile.contactRemoved'))
              }
            />
          )}
          {person.blocked ? (
            <CardButton icon="block" label={t('profile.unblock')} onClick={() => block(false)} />
          ) : (
            <CardButton
              icon="block"
              label={t('profile.block')}
              danger
              onClick={() => setAsking('block')}
            />
          )}
        </div>
      )}
      {asking === 'name' && (
        <NameSheet chat={chat} userId={userId} onClose={() => setAsking(undefined)} />
      )}
      {asking === 'block' && (
        <Confirm
          title={t('profile.blockSure', { name })}
          text={t('profile.blockHint')}
          action={t('profile.block')}
          onYes={() => block(true)}
          onClose={() => setAsking(undefined)}
        />
      )}
    </>
  );
}

export function CardButton({
  icon,
  label,
  danger,
  onClick,
}: {
  icon: IconName;
  label: string;
  danger?: boolean;
  onClick(): void;
}) {
  return (
    <button type="button" class={`card-link${danger ? ' danger' : ''}`} onClick={onClick}>
      <Icon name={icon} />
      <span class="grow">{label}</span>
    </button>
  );
}

function NameSheet({ chat, userId, onClose }: { chat: Chat; userId: string; onClose(): void }) {
  const [name, setName] = useState(chat.people.name(userId));
  async function save(): Promise<void> {
    const kept = () => chat.people.keep(userId, name.trim());
    if (await attempt(kept, t('profile.contactSaved'))) onClose();
  }
  return (
    <Sheet label={t('profile.nameFor', { userId })} card onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Field
          label={t('profile.nameFor', { userId })}
          value={name}
          maxLength={100}
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <div class="choices">
          <button type="button" class="button plain" onClick={onClose}>
            {t('action.cancel')}
          </button>
          <button type="submit" class="button main" disabled={name.trim() === ''}>
            {t('action.save')}
          </button>
        </div>
      </form>
    </Sheet>
  );
}
