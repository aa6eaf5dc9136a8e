import { useEffect, useState } from 'preact/hooks';
import { INVITE_USES } from '../../api/group-calls';
import { number, t } from '../../i18n/texts';
import type { Chat } from '../../model/chat';
import { linkTo } from '../../model/route';
import { say } from '../../model/toasts';
import { attempt, explain } from '../../ui/errors';
import { Icon } from '../../ui/Icon';
import { QrCode } from '../../ui/QrCode';
import { Sheet } from '../../ui/Sheet';
import type { Invite } from '../../wire/groups';

/** An invite to a group, as a link and as a QR code. */
export function InviteSheet({ chat, id, onClose }: { chat: Chat; id: string; onClose(): void }) {
  const [invite, setInvite] = useState<Invite>();
  const [wrong, setWrong] = useState<string>();
  useEffect(() => {
    chat.groups.calls.invite(id).then(setInvite, (error: unknown) => setWrong(explain(error)));
  }, [id]);
  const link = invite?.token
    ? `${location.origin}/${linkTo({ at: 'join', token: invite.token })}`
    : undefined;

  async function copy(): Promise<void> {
    await navigator.clipboard.writeText(link!);
    say(t('group.inviteCopied'));
  }

  async function revoke(): Promise<void> {
    const revoked = () => chat.groups.calls.revoke(id, invite!.id);
    if (await attempt(revoked, t('group.inviteRevoked'))) onClose();
  }

  return (
    <Sheet label={t('group.invite')} card onClose={onClose}>
      <h2>{t('group.invite')}</h2>
      <p class="text">{t('group.inviteHint', { uses: number(INVITE_USES) })}</p>
      {wrong && (
        <p class="note wrong" role="alert">
          {wrong}
        </p>
      )}
      {link ? (
        <>
          <QrCode text={link} label={t('group.inviteQr')} />
          <p class="link-text" data-testid="invite-link">
            {link}
          </p>
          <div class="choices">
            <button type="button" class="button plain danger-text" onClick={() => void revoke()}>
              {t('group.inviteRevoke')}
            </button>
            {'share' in navigator && (
              <button
                type="button"
                class="button"
                onClick={() => void navigator.share({ url: link }).catch(() => {})}
              >
                <Icon name="share" size={20} /> {t('group.inviteShare')}
              </button>
            )}
            <button type="button" class="button main" onClick={() => void copy()}>
              <Icon name="copy" size={20} /> {t('action.copy')}
            </button>
          </div>
        </>
      ) : (
        !wrong && <span class="spinner centred" />
      )}
    </Sheet>
  );
}
