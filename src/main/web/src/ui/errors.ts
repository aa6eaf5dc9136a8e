import { codeOf } from '../api/problem';
import { t, type TextKey } from '../i18n/texts';
import { say } from '../model/toasts';

const texts: Record<string, TextKey> = {
  offline: 'error.offline',
  busy: 'error.busy',
  'too-many-requests': 'error.tooMany',
  'bad-credentials': 'error.badCredentials',
  'not-allowed': 'error.notAllowed',
  'not-found': 'error.notFound',
  'too-late': 'error.tooLate',
  'too-large': 'error.tooLarge',
  'unknown-recipient': 'error.unknownRecipient',
  'recipient-blocked': 'error.recipientBlocked',
  'not-a-member': 'error.notMember',
  'group-full': 'error.groupFull',
  'push-unavailable': 'error.pushUnavailable',
  'cannot-seal': 'error.cannotSeal',
  'identity-changed': 'error.identityChanged',
  unauthenticated: 'error.unauthenticated',
};

/** What happened, and what one can do about it. */
export function explain(error: unknown): string {
  return explainCode(codeOf(error));
}

export function explainCode(code: string): string {
  return t(texts[code] ?? 'error.internal');
}

/** Does it, and says so when it cannot be done. */
export async function attempt(action: () => Promise<unknown>, done?: string): Promise<boolean> {
  try {
    await action();
    if (done) say(done);
    return true;
  } catch (error) {
    say(explain(error));
    return false;
  }
}
