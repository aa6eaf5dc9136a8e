import { useEffect, useState } from 'preact/hooks';
import { t } from '../../i18n/texts';
import type { Chat } from '../../model/chat';
import { attempt, explain } from '../../ui/errors';
import { CodeScanner } from '../../ui/CodeScanner';
import { QrCode } from '../../ui/QrCode';
import { Sheet } from '../../ui/Sheet';
import type { Safety } from '../../crypto/trust';

interface Props {
  chat: Chat;
  id: string;
  other: string;
  onClose(): void;
}

/** The number that two users compare, side by side or by a call that they trust. */
export function SafetySheet({ chat, id, other, onClose }: Props) {
  const [safety, setSafety] = useState<Safety>();
  const [wrong, setWrong] = useState<string>();
  const [scanning, setScanning] = useState(false);
  const name = chat.people.name(other);
  useEffect(() => {
    chat.sealing.safety(id, other).then(
      (found) => (found ? setSafety(found) : setWrong(t('safety.none'))),
      (error: unknown) => setWrong(explain(error)),
    );
  }, [id, other]);
  const isVerified =
    safety !== undefined && chat.sealing.identities.value.get(other)?.verified === safety.theirs;

  /** The code that the other one's device shows is the number itself. */
  async function compare(scanned: string): Promise<void> {
    setWrong(undefined);
    if (scanned.replace(/\s/g, '') !== safety!.number)
      return setWrong(t('safety.differs', { name }));
    const done = t('safety.same');
    if (await attempt(() => chat.sealing.verify(other, safety!.theirs), done)) onClose();
  }

  async function verify(): Promise<void> {
    const fingerprint = isVerified ? undefined : safety!.theirs;
    if (await attempt(() => chat.sealing.verify(other, fingerprint))) onClose();
  }

  return (
    <Sheet label={t('safety.title')} card onClose={onClose}>
      <h2>{t('safety.title')}</h2>
      <p class="text">{t('safety.hint', { name })}</p>
      {wrong && (
        <p class="note wrong" role="alert">
          {wrong}
        </p>
      )}
      {safety ? (
        <>
          <QrCode text={safety.number} label={t('safety.qr')} />
          <p class="safety-number" data-testid="safety-number">
            {safety.number.match(/\d{5}/g)!.map((group, at) => (
              <span key={at}>{group} </span>
            ))}
          </p>
          {scanning && (
            <CodeScanner
              label={t('safety.theirs')}
              action={t('safety.check')}
              onCode={(text) => void compare(text)}
            />
          )}
          <div class="choices">
            <button type="button" class="button plain" onClick={onClose}>
              {t('action.close')}
            </button>
            {!scanning && (
              <button type="button" class="button plain" onClick={() => setScanning(true)}>
                {t('safety.scan')}
              </button>
            )}
            <button type="button" class="button main" onClick={() => void verify()}>
              {t(isVerified ? 'safety.unverify' : 'safety.verify')}
            </button>
          </div>
        </>
      ) : (
        !wrong && <span class="spinner centred" />
      )}
    </Sheet>
  );
}
