import { t } from '../../i18n/texts';
import type { Chat } from '../../model/chat';
import { Avatar } from '../../ui/Avatar';
import type { UserId } from '../../wire/forms';

const SHOWN_MAX = 5;
const MENTION = /@([a-z0-9][a-z0-9_-]{0,63})/g;
const BEGUN = /(?:^|\s)@([a-z0-9_-]*)$/i;

/** The members whom a text names. */
export function mentionsIn(text: string, members: readonly UserId[]): UserId[] {
  const named = new Set([...text.matchAll(MENTION)].map((match) => match[1]!));
  return members.filter((member) => named.has(member));
}

/** The name that is being written at the caret, and where it begins. */
export function mentionAt(
  text: string,
  caret: number,
): { begun: string; from: number } | undefined {
  const match = BEGUN.exec(text.slice(0, caret));
  if (!match) return undefined;
  return { begun: match[1]!.toLowerCase(), from: caret - match[1]!.length - 1 };
}

export function MentionList({
  chat,
  members,
  begun,
  onPick,
}: {
  chat: Chat;
  members: readonly UserId[];
  begun: string;
  onPick(user: UserId): void;
}) {
  const fitting = members
    .filter((id) => id !== chat.me)
    .filter((id) => id.startsWith(begun) || chat.people.name(id).toLowerCase().includes(begun))
    .slice(0, SHOWN_MAX);
  if (fitting.length === 0) return null;
  return (
    <div class="mentions" role="group" aria-label={t('chat.mentions')}>
      {fitting.map((id) => (
        <button type="button" key={id} onClick={() => onPick(id)}>
          <Avatar id={id} name={chat.people.name(id)} size="tiny" />
          <span class="cut">{chat.people.name(id)}</span>
          <span class="hint cut">@{id}</span>
        </button>
      ))}
    </div>
  );
}
