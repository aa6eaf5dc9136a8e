import { codeOf } from '../api/problem';
import { t, type TextKey } from '../i18n/texts';
import { say } from '../model/toasts';
import type { Draft } from '../store/database';

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
  'file-too-large': 'error.fileTooLarge',
  'picture-too-large': 'error.pictureTooLarge',
  'empty-file': 'error.fileEmpty',
  'file-lost': 'error.fileLost',
  'file-damaged': 'error.fileDamaged',
  'device-full': 'error.deviceFull',
  'wrong-type': 'error.wrongType',
  'media-quota': 'error.mediaQuota',
  'media-refused': 'error.mediaRefused',
  'unknown-media': 'error.unknownMedia',
  'no-microphone': 'error.noMicrophone',
  'not-a-picture': 'error.notAPicture',
};

/** What a file is told instead. */
const fileTexts: Record<string, TextKey> = {
  'too-large': 'error.fileTooLarge',
  'not-found': 'error.unknownMedia',
};

/** What happened, and what one can do about it. */
export function explain(error: unknown): string {
  return explainCode(codeOf(error));
}

export function explainCode(code: string): string {
  return t(texts[code] ?? 'error.internal');
}

/** The same for something that could not be sent. */
export function explainDraft({ refused = '', content }: Draft): string {
  if (content.type !== 'media') return explainCode(refused);
  const key = fileTexts[refused] ?? texts[refused];
  return t(key ?? 'error.mediaRefused');
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
