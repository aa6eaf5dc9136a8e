import { useRef, useState } from 'preact/hooks';
import { PASSPHRASE_MIN } from '../crypto/backup';
import { plural, t } from '../i18n/texts';
import type { Chat } from '../model/chat';
import { say } from '../model/toasts';
import { PasswordField } from '../ui/controls';
import { Icon } from '../ui/Icon';
import { Sheet } from '../ui/Sheet';
import { CardButton } from './info/PersonInfo';

/** What this device has read, as a file for the next one; only the passphrase opens it. */
export function BackupCard({ chat }: { chat: Chat }) {
  const [asking, setAsking] = useState<{ restore?: File }>();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <h2 class="section">{t('backup.title')}</h2>
      <div class="group-card" data-testid="backup">
        <p class="card-text">{t('backup.hint')}</p>
        <CardButton icon="lock" label={t('backup.make')} onClick={() => setAsking({})} />
        <CardButton
          icon="again"
          label={t('backup.restore')}
          onClick={() => input.current?.click()}
        />
        <input
          ref={input}
          type="file"
          class="unseen"
          tabIndex={-1}
          aria-label={t('backup.restore')}
          data-testid="backup-file"
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            if (file) setAsking({ restore: file });
            event.currentTarget.value = '';
          }}
        />
      </div>
      {asking && (
        <PassphraseSheet
          chat={chat}
          restore={asking.restore}
          onClose={() => setAsking(undefined)}
        />
      )}
    </>
  );
}

function PassphraseSheet(props: { chat: Chat; restore?: File; onClose(): void }) {
  const { chat, restore, onClose } = props;
  const [passphrase, setPassphrase] = useState('');
  const [wrong, setWrong] = useState<string>();
  const [busy, setBusy] = useState(false);
  const isShort = !restore && passphrase.length < PASSPHRASE_MIN;

  async function go(): Promise<void> {
    setBusy(true);
    setWrong(undefined);
    try {
      if (restore) {
        const count = await chat.sealing.restoreBackup(restore, passphrase);
        say(plural('backup.restored', count));
      } else {
        download(await chat.sealing.makeBackup(passphrase), `parley-${chat.me}.backup`);
      }
      onClose();
    } catch (error) {
      const reason = (error as { reason?: string }).reason;
      if (reason === 'wrong-passphrase') setWrong(t('backup.wrongPassphrase'));
      else if (reason === 'other-user') setWrong(t('backup.otherUser'));
      else setWrong(t('backup.notABackup'));
    } finally {
      setBusy(false);
    }
  }

  const title = t(restore ? 'backup.restore' : 'backup.make');
  return (
    <Sheet label={title} card onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void go();
        }}
      >
        <h2>{title}</h2>
        <p class="text">{t(restore ? 'backup.restoreHint' : 'backup.makeHint')}</p>
        <PasswordField
          label={t('backup.passphrase')}
          hint={restore ? undefined : t('backup.passphraseHint')}
          wrong={wrong}
          value={passphrase}
          onInput={(event) => setPassphrase(event.currentTarget.value)}
        />
        <div class="choices">
          <button type="button" class="button plain" onClick={onClose}>
            {t('action.cancel')}
          </button>
          <button type="submit" class="button main" disabled={busy || passphrase === '' || isShort}>
            {busy ? <span class="spinner" /> : <Icon name="lock" size={18} />} {title}
          </button>
        </div>
      </form>
    </Sheet>
  );
}

function download(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
