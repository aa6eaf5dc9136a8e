import { t } from '../i18n/texts';

/** Instead of the app, when what this device keeps cannot be had. */
export function NotStarted() {
  return (
    <main class="nothing">
      <p role="alert">{t('app.notStarted')}</p>
      <button type="button" class="button" onClick={() => location.reload()}>
        {t('status.reload')}
      </button>
    </main>
  );
}
