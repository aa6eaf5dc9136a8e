import { useState } from 'preact/hooks';
import { t } from '../../i18n/texts';
import type { Chat } from '../../model/chat';
import { go } from '../../model/route';
import { directWith } from '../../store/conversation';
import { attempt } from '../../ui/errors';
import { PersonRow } from '../../ui/PersonRow';
import { Actions, Confirm, Sheet, spotOf, type Action, type Spot } from '../../ui/Sheet';
import type { Role } from '../../wire/forms';
import type { Group, Member } from '../../wire/groups';

const SHOWN_FIRST = 30;
const RANK: Record<Role, number> = { owner: 0, admin: 1, member: 2 };

/** Who is in a group; those who lead it first. */
export function MemberList({ chat, group }: { chat: Chat; group: Group }) {
  const [shown, setShown] = useState(SHOWN_FIRST);
  const [menu, setMenu] = useState<{ member: Member; spot: Spot }>();
  const [removing, setRemoving] = useState<Member>();
  const name = (member: Member) => chat.people.name(member.userId);
  const members = [...chat.groups.members(group.conversation)].sort(
    (a, b) => RANK[a.role] - RANK[b.role] || name(a).localeCompare(name(b)),
  );
  const act = (change: () => Promise<unknown>) =>
    void attempt(async () => {
      await change();
      await chat.groups.fetch(group.conversation);
    });
  return (
    <>
      <h2 class="section">{t('group.membersTitle')}</h2>
      <ul class="group-card">
        {members.slice(0, shown).map((member) => (
          <li key={member.userId} data-testid="member">
            <PersonRow
              chat={chat}
              userId={member.userId}
              name={member.userId === chat.me ? t('message.you') : undefined}
              after={
                member.role !== 'member' && <span class="role">{t(`role.${member.role}`)}</span>
              }
              onClick={
                member.userId === chat.me
                  ? undefined
                  : (event) => setMenu({ member, spot: spotOf(event) })
              }
            />
          </li>
        ))}
        {members.length > shown && (
          <li>
            <button
              type="button"
              class="button plain wide"
              onClick={() => setShown(shown + SHOWN_FIRST * 4)}
            >
              {t('group.showAll')}
            </button>
          </li>
        )}
      </ul>
      {menu && (
        <Sheet
          label={t('group.memberActions', { name: name(menu.member) })}
          spot={menu.spot}
          onClose={() => setMenu(undefined)}
        >
          <Actions
            actions={actionsFor(chat, group, menu.member, act, () => setRemoving(menu.member))}
            onClose={() => setMenu(undefined)}
          />
        </Sheet>
      )}
      {removing && (
        <Confirm
          title={t('group.removeSure', { name: name(removing) })}
          action={t('group.remove')}
          onYes={() => act(() => chat.groups.calls.dropMember(group.conversation, removing.userId))}
          onClose={() => setRemoving(undefined)}
        />
      )}
    </>
  );
}

/** As the server's rules have it: owners may all, admins lead plain members. */
function actionsFor(
  chat: Chat,
  group: Group,
  member: Member,
  act: (change: () => Promise<unknown>) => void,
  remove: () => void,
): Action[] {
  const { role: mine, conversation } = group;
  const { userId, role: theirs } = member;
  const become = (role: Role) => () =>
    act(() => chat.groups.calls.putMember(conversation, userId, role));
  const possible: (Action | false)[] = [
    {
      icon: 'compose',
      label: t('profile.message'),
      run: () => go({ at: 'conversation', id: directWith(userId, chat.me) }),
    },
    mine !== 'member' &&
      theirs === 'member' && { icon: 'star', label: t('group.makeAdmin'), run: become('admin') },
    mine === 'owner' &&
      theirs !== 'owner' && { icon: 'star', label: t('group.makeOwner'), run: become('owner') },
    mine === 'owner' &&
      theirs !== 'member' && { icon: 'user', label: t('group.makeMember'), run: become('member') },
    (mine === 'owner' || (mine === 'admin' && theirs === 'member')) && {
      icon: 'trash',
      label: t('group.remove'),
      danger: true,
      run: remove,
    },
  ];
  return possible.filter((action) => action !== false);
}
