import { useEffect, useState } from 'preact/hooks';
import { full } from '../../i18n/dates';
import { plural, t } from '../../i18n/texts';
import type { Chat } from '../../model/chat';
import { go } from '../../model/route';
import type { Conversation } from '../../store/database';
import { Avatar } from '../../ui/Avatar';
import { Choice, Field } from '../../ui/controls';
import { PictureChooser } from '../../ui/PictureChooser';
import { attempt } from '../../ui/errors';
import { Confirm, Sheet } from '../../ui/Sheet';
import { CardButton } from '../info/PersonInfo';
import { Arrangement } from '../info/InfoScreen';
import type { Group } from '../../wire/groups';
import { AddMembers } from './AddMembers';
import { InviteSheet } from './InviteSheet';
import { MemberList } from './MemberList';

type Asking = 'edit' | 'add' | 'invite' | 'leave' | 'delete';

/** About a group: what it is, who is in it, and what the user may do there. */
export function GroupInfo({ chat, conversation }: { chat: Chat; conversation: Conversation }) {
  const { id } = conversation;
  const group = chat.groups.get(id);
  const [asking, setAsking] = useState<Asking>();
  const close = () => setAsking(undefined);
  useEffect(() => void chat.groups.fetch(id).catch(() => {}), [id]);
  const leads = group !== undefined && group.role !== 'member';
  const isIn = !conversation.left && group !== undefined;
  const mayEdit = isIn && (leads || group.policy.edit === 'all');
  async function change(picture: string): Promise<void> {
    await chat.groups.calls.change(id, { picture });
    await chat.groups.fetch(id);
  }
  const mayAdd = isIn && (leads || group.policy.add === 'all');
  return (
    <>
      <div class="profile">
        {mayEdit ? (
          <PictureChooser
            id={id}
            name={chat.title(conversation)}
            group
            has={!!group.picture}
            onPicture={async (picture) => {
              await change(await chat.calls.media.upload(picture, 'group.jpg'));
            }}
            onRemove={() => change('')}
          />
        ) : (
          <Avatar id={id} name={chat.title(conversation)} group size="huge" />
        )}
        <h2>{chat.title(conversation)}</h2>
        {group && <p class="hint">{plural('group.members', group.memberCount)}</p>}
        {group?.description && <p class="about">{group.description}</p>}
      </div>
      <Arrangement chat={chat} conversation={conversation} />
      {(mayEdit || mayAdd) && (
        <div class="group-card">
          {mayAdd && (
            <>
              <CardButton
                icon="user-plus"
                label={t('group.add')}
                onClick={() => setAsking('add')}
              />
              <CardButton
                icon="link"
                label={t('group.invite')}
                onClick={() => setAsking('invite')}
              />
            </>
          )}
          {mayEdit && (
            <CardButton icon="edit" label={t('group.edit')} onClick={() => setAsking('edit')} />
          )}
        </div>
      )}
      {group && isIn && <MemberList chat={chat} group={group} />}
      {group && isIn && leads && <Rules chat={chat} group={group} />}
      {isIn && (
        <div class="group-card">
          <CardButton
            icon="exit"
            label={t('group.leave')}
            danger
            onClick={() => setAsking('leave')}
          />
          {group.role === 'owner' && (
            <CardButton
              icon="trash"
              label={t('group.delete')}
              danger
              onClick={() => setAsking('delete')}
            />
          )}
        </div>
      )}
      {group && (
        <p class="hint centred">
          {t('group.createdBy', {
            name: group.createdBy === chat.me ? t('you.object') : chat.people.name(group.createdBy),
            when: full(group.createdAt),
          })}
        </p>
      )}
      {group && asking === 'edit' && <EditSheet chat={chat} group={group} onClose={close} />}
      {asking === 'add' && <AddMembers chat={chat} id={id} onClose={close} />}
      {asking === 'invite' && <InviteSheet chat={chat} id={id} onClose={close} />}
      {(asking === 'leave' || asking === 'delete') && (
        <LeaveConfirm chat={chat} id={id} how={asking} onClose={close} />
      )}
    </>
  );
}

function LeaveConfirm(props: { chat: Chat; id: string; how: 'leave' | 'delete'; onClose(): void }) {
  const { chat, id, how, onClose } = props;
  const { calls } = chat.groups;
  async function yes(): Promise<void> {
    const end = () => (how === 'leave' ? calls.dropMember(id, chat.me) : calls.delete(id));
    if (await attempt(end)) go({ at: 'conversation', id }, true);
  }
  return (
    <Confirm
      title={t(`group.${how}Sure`)}
      text={t(`group.${how}Hint`)}
      action={t(`group.${how}`)}
      onYes={() => void yes()}
      onClose={onClose}
    />
  );
}

function Rules({ chat, group }: { chat: Chat; group: Group }) {
  const id = group.conversation;
  return (
    <>
      <h2 class="section">{t('group.rules')}</h2>
      <div class="group-card">
        {(['post', 'add', 'edit'] as const).map((what) => (
          <Choice
            key={what}
            label={t(`group.rules.${what}`)}
            value={group.policy[what]}
            options={[
              { value: 'all', label: t('group.rules.all') },
              { value: 'admins', label: t('group.rules.admins') },
            ]}
            onChoose={(who) =>
              void attempt(async () => {
                await chat.groups.calls.change(id, { policy: { ...group.policy, [what]: who } });
                await chat.groups.fetch(id);
              })
            }
          />
        ))}
      </div>
    </>
  );
}

function EditSheet({ chat, group, onClose }: { chat: Chat; group: Group; onClose(): void }) {
  const [title, setTitle] = useState(group.title);
  const [description, setDescription] = useState(group.description);
  async function save(): Promise<void> {
    const change = { title: title.trim(), description: description.trim() };
    const done = await attempt(async () => {
      await chat.groups.calls.change(group.conversation, change);
      await chat.groups.fetch(group.conversation);
    });
    if (done) onClose();
  }
  return (
    <Sheet label={t('group.edit')} card onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Field
          label={t('group.title')}
          value={title}
          maxLength={100}
          onInput={(event) => setTitle(event.currentTarget.value)}
        />
        <Field
          label={t('group.description')}
          value={description}
          maxLength={500}
          onInput={(event) => setDescription(event.currentTarget.value)}
        />
        <div class="choices">
          <button type="button" class="button plain" onClick={onClose}>
            {t('action.cancel')}
          </button>
          <button type="submit" class="button main" disabled={title.trim() === ''}>
            {t('action.save')}
          </button>
        </div>
      </form>
    </Sheet>
  );
}
