import { t } from '../i18n/texts';
import type { Conversation, Identity } from '../store/database';
import type { Chat } from './chat';
import type { Lock } from './sealing';

/** Whether a conversation is encrypted, in a few words. */
export function lockTitle(lock: Lock): string {
  if (lock.kind === 'sealed') return t('lock.sealed');
  return t(lock.kind === 'will-be' ? 'lock.willBe' : 'lock.open');
}

/** And why, or what that means. */
export function lockText(chat: Chat, conversation: Conversation, lock: Lock): string {
  switch (lock.kind) {
    case 'sealed':
      return t('lock.sealedHint');
    case 'will-be':
      return t('lock.willBeHint');
    case 'not-here':
      return t('lock.notHere');
    case 'too-many':
      return t('lock.tooMany');
    case 'no-keys':
      if (lock.user === chat.me) return t('lock.noKeys.me');
      chat.people.need(lock.user);
      return t(conversation.kind === 'group' ? 'lock.noKeys.group' : 'lock.noKeys', {
        name: chat.people.name(lock.user),
      });
  }
}

/** What is wrong, or new, with somebody's keys. */
export function doubtText(chat: Chat, identity: Identity): string {
  const name = chat.people.name(identity.userId);
  switch (identity.alarm) {
    case 'rewritten':
      return t('keys.rewritten', { name });
    case 'not-logged':
      return t('keys.notLogged', { name });
    case 'stranger':
      return t('keys.stranger', { name });
    case undefined:
      return t('keys.changedHint', { name });
  }
}
