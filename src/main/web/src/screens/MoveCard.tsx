import { useEffect, useState } from 'preact/hooks';
import { codeOf } from '../api/problem';
import { plural, t } from '../i18n/texts';
import type { Chat } from '../model/chat';
import { askForMessages, sendMessages } from '../model/moving';
import { say } from '../model/toasts';
import { CodeScanner } from '../ui/CodeScanner';
import { explain } from '../ui/errors';
import { QrCode } from '../ui/QrCode';
import { Sheet } from '../ui/Sheet';
import { CardButton } from './info/PersonInfo';

interface Props {
  chat: Chat;
  onClose(): void;
}

/** Encrypted messages go from one device of the user to a new one. */
export function MoveCard({ chat }: { chat: Chat }) {
  const [doing, setDoing] = useState<'get' | 'send'>();
  const close = () => setDoing(undefined);
  return (
    <>
      <h2 class="section">{t('move.title')}</h2>
      <div class="group-card" data-testid="move">
        <p class="card-text">{t('move.hint')}</p>
        <CardButton icon="again" label={t('move.get')} onClick={() => setDoing('get')} />
        <CardButton icon="device" label={t('move.send')} onClick={() => setDoing('send')} />
      </div>
      {doing === 'get' && <GetSheet chat={chat} onClose={close} />}
      {doing === 'send' && <SendSheet chat={chat} onClose={close} />}
    </>
  );
}

function portsOf({ me, calls }: Chat) {
  return { user: me, slots: calls.slots, media: calls.media };
}

function GetSheet({ chat, onClose }: Props) {
  const [code, setCode] = useState<string>();
  const [wrong, setWrong] = useState<string>();
  useEffect(() => {
    const stop = new AbortController();
    const get = async () => {
      const moving = await askForMessages(portsOf(chat), stop.signal);
      setCode(moving.code);
      const count = await chat.sealing.take(await moving.arrived);
      say(plural('backup.restored', count));
      onClose();
    };
    get().catch((error: unknown) => {
      if (!stop.signal.aborted) setWrong(explain(error));
    });
    return () => stop.abort();
  }, []);
  return (
    <Sheet label={t('move.get')} card onClose={onClose}>
      <h2>{t('move.get')}</h2>
      <p class="text">{t('move.getHint')}</p>
      {wrong && (
        <p class="note wrong" role="alert">
          {wrong}
        </p>
      )}
      {code && (
        <>
          <QrCode text={code} label={t('move.qr')} />
          <p class="link-text" data-testid="move-code">
            {code}
          </p>
        </>
      )}
      {!wrong && (
        <p class="hint" role="status">
          <span class="spinner" /> {t('move.waiting')}
        </p>
      )}
      <div class="choices">
        <button type="button" class="button plain" onClick={onClose}>
          {t('action.close')}
        </button>
      </div>
    </Sheet>
  );
}

function SendSheet({ chat, onClose }: Props) {
  const [wrong, setWrong] = useState<string>();
  const [busy, setBusy] = useState(false);

  async function send(code: string): Promise<void> {
    if (busy) return;
    setBusy(true);
    setWrong(undefined);
    try {
      const backup = await chat.sealing.backup();
      await sendMessages(portsOf(chat), code, backup);
      say(plural('move.sent', backup.letters.length));
      onClose();
    } catch (error) {
      setWrong(codeOf(error) === 'not-a-code' ? t('move.wrong') : explain(error));
      setBusy(false);
    }
  }

  return (
    <Sheet label={t('move.send')} card onClose={onClose}>
      <h2>{t('move.send')}</h2>
      <p class="text">{t('move.sendHint')}</p>
      <CodeScanner
        label={t('move.code')}
        action={t('move.sendNow')}
        wrong={wrong}
        busy={busy}
        onCode={(code) => void send(code)}
      />
      <div class="choices">
        <button type="button" class="button plain" onClick={onClose}>
          {t('action.cancel')}
        </button>
      </div>
    </Sheet>
  );
}
