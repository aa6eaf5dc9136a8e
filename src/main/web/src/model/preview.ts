import { plural, t } from '../i18n/texts';
import { isNotice } from '../store/notice';
import type { Content, Message, UserId } from '../wire/forms';
import type { IconName } from '../ui/Icon';
import type { Chat } from './chat';

/** What a message says, in one line. */
export function preview(chat: Chat, message: Pick<Message, 'content' | 'from'>): string {
  const { content } = message;
  if (content.type === 'text') return content.text ?? '';
  if (content.type === 'media') return content.caption || mediaName(content);
  if (content.type === 'deleted') {
    return t(message.from === chat.me ? 'message.deletedByMe' : 'message.deleted');
  }
  if (content.type === 'sealed') return t('message.closed');
  return isNotice(content) ? notice(chat, message.from, content) : t('message.unknown');
}

/** What it is: a photo, a video, a voice message, or a file by its name. */
export function mediaName({ kind = 'file', name }: Content): string {
  if (kind === 'image' || kind === 'video') return t(`media.${kind}`);
  if (kind === 'audio') return name || t('media.voice');
  return name || t('media.file');
}

const ICONS: Record<string, IconName> = {
  image: 'image',
  video: 'video',
  audio: 'mic',
  file: 'file',
};

/** What stands before it where there is room for a sign. */
export function previewIcon({ type, kind = 'file' }: Content): IconName | undefined {
  return type === 'media' ? ICONS[kind] : undefined;
}

/** What happened to a group, as a sentence. */
function notice(chat: Chat, from: UserId, content: Content): string {
  const mine = from === chat.me;
  const who = nameOf(chat, from);
  const whom = content.member === chat.me ? t('you.object') : nameOf(chat, content.member);
  switch (content.type) {
    case 'group-created':
      return t(mine ? 'notice.created.me' : 'notice.created', { who, title: content.title ?? '' });
    case 'members-added':
      return t(mine ? 'notice.added.me' : 'notice.added', { who, whom: names(chat, content) });
    case 'member-joined':
      return t(mine ? 'notice.joined.me' : 'notice.joined', { who });
    case 'member-left':
      return t(mine ? 'notice.left.me' : 'notice.left', { who });
    case 'member-removed':
      return t(mine ? 'notice.removed.me' : 'notice.removed', { who, whom });
    case 'role-changed':
      return content.member === chat.me
        ? t('notice.role.me', { role: t(`role.${content.role ?? 'member'}`) })
        : t('notice.role', { whom, role: t(`role.${content.role ?? 'member'}`) });
    case 'title-changed':
      return t(mine ? 'notice.title.me' : 'notice.title', { who, title: content.title ?? '' });
    case 'description-changed':
      return t(mine ? 'notice.description.me' : 'notice.description', { who });
    case 'picture-changed':
      return t(mine ? 'notice.picture.me' : 'notice.picture', { who });
    case 'rules-changed':
      return t(mine ? 'notice.rules.me' : 'notice.rules', { who });
    case 'encryption-restarted':
      return t(mine ? 'notice.restarted.me' : 'notice.restarted', { who });
    case 'keys-changed':
      return t('notice.keys', { whom });
    default:
      return t('notice.deleted');
  }
}

function nameOf(chat: Chat, user: UserId | undefined): string {
  if (user !== undefined) chat.people.need(user);
  return user === undefined ? '' : chat.people.name(user);
}

function names(chat: Chat, { members = [], count = members.length }: Content): string {
  const some = members
    .slice(0, 3)
    .map((id) => (id === chat.me ? t('you.object') : nameOf(chat, id)));
  const rest = count - some.length;
  return rest > 0 ? plural('notice.andMore', rest, { names: some.join(', ') }) : some.join(', ');
}
