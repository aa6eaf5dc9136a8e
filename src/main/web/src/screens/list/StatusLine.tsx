import { useEffect, useState } from 'preact/hooks';
import { plural, t, type TextKey } from '../../i18n/texts';
import type { Chat } from '../../model/chat';
import { linkTo } from '../../model/route';
import { Icon } from '../../ui/Icon';

/** What is over sooner is not worth mentioning. */
const SHOWN_AFTER_MS = 1_200;

/** Says when the app is not connected, and what waits for that. */
export function StatusLine({ chat }: { chat: Chat }) {
  const phase = chat.phase.value;
  const [late, setLate] = useState(false);
  const live = phase === 'live';
  useEffect(() => {
    setLate(false);
    if (live) return;
    const timer = setTimeout(() => setLate(true), SHOWN_AFTER_MS);
    return () => clearTimeout(timer);
  }, [live]);
  const waiting = chat.drafts.value.filter((draft) => !draft.refused).length;
  const shown = !live && (late || phase === 'stopped');
  return (
    <div role="status" data-testid="connection" data-phase={phase}>
      {chat.sealing.identities.value.get(chat.me)?.alarm && (
        <a class="status-line" href={linkTo({ at: 'devices' })}>
          <Icon name="alert" size={18} /> {t('keys.ownAlarm')}
        </a>
      )}
      {shown && (
        <p class="status-line">
          {phase === 'offline' ? <Icon name="cloud" size={18} /> : <span class="spinner" />}
          <span class="grow">
            {t(`status.${phase}` as TextKey)}
            {waiting > 0 && ` · ${plural('status.waiting', waiting)}`}
          </span>
          {phase === 'stopped' && (
            <button type="button" onClick={() => location.reload()}>
              {t('status.reload')}
            </button>
          )}
        </p>
      )}
    </div>
  );
}
