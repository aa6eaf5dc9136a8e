import { useState } from 'preact/hooks';
import { codeOf } from '../../api/problem';
import { t } from '../../i18n/texts';
import type { Chat } from '../../model/chat';
import { go } from '../../model/route';
import { IconButton } from '../../ui/controls';
import { explain } from '../../ui/errors';
import { Icon } from '../../ui/Icon';

/** Somebody has followed the link of an invite. */
export function JoinScreen({ chat, token }: { chat: Chat; token: string }) {
  const [wrong, setWrong] = useState<string>();
  const [busy, setBusy] = useState(false);
  async function join(): Promise<void> {
    setBusy(true);
    try {
      const { conversation } = await chat.groups.calls.join(token);
      await chat.groups.fetch(conversation);
      go({ at: 'conversation', id: conversation }, true);
    } catch (error) {
      setWrong(codeOf(error) === 'not-found' ? t('join.expired') : explain(error));
    } finally {
      setBusy(false);
    }
  }
  return (
    <section class="pane-screen" aria-label={t('join.title')}>
      <header class="bar">
        <IconButton icon="back" label={t('action.back')} onClick={() => go({ at: 'list' })} />
        <h1>{t('join.title')}</h1>
      </header>
      <div class="nothing">
        <span class="round large">
          <Icon name="users" size={36} />
        </span>
        <p>{t('join.text')}</p>
        {wrong && (
          <p class="note wrong" role="alert">
            {wrong}
          </p>
        )}
        <button type="button" class="button main" disabled={busy} onClick={() => void join()}>
          {t('join.submit')}
        </button>
      </div>
    </section>
  );
}
