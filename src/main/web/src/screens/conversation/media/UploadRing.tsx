import { t } from '../../../i18n/texts';
import type { Chat } from '../../../model/chat';
import type { Draft } from '../../../store/database';
import { attempt } from '../../../ui/errors';
import { Icon } from '../../../ui/Icon';

const RADIUS = 21;
const ROUND = 2 * Math.PI * RADIUS;

/** How far a file has got; it can be called back from here. */
export function UploadRing({ chat, draft }: { chat: Chat; draft: Draft }) {
  if (!draft.upload || draft.refused !== undefined) return null;
  const progress = chat.progress.value.get(draft.clientId);
  const state = progress?.state ?? 'waiting';
  const part = progress && progress.total > 0 ? progress.sent / progress.total : 0;
  const percent = Math.floor(part * 100);
  const counts = state === 'sending' && percent > 0;
  const words = t(`media.${state}`, { percent });
  return (
    <span class="upload" data-testid="upload" data-state={state}>
      <span class="upload-dial">
        <svg
          viewBox="0 0 48 48"
          class={`ring${counts ? '' : ' turning'}`}
          role="progressbar"
          aria-label={words}
          aria-valuenow={counts ? percent : undefined}
          aria-valuemin={0}
          aria-valuemax={100}
        >
          <circle cx="24" cy="24" r={RADIUS} class="ring-rest" />
          <circle
            cx="24"
            cy="24"
            r={RADIUS}
            class="ring-done"
            stroke-dasharray={`${ROUND * (counts ? part : 0.25)} ${ROUND}`}
          />
        </svg>
        <button
          type="button"
          class="upload-cancel"
          aria-label={t('media.cancel')}
          title={t('media.cancel')}
          onClick={() => void attempt(() => chat.discard(draft))}
        >
          <Icon name="close" size={20} />
        </button>
      </span>
      {state === 'waiting' && progress && (
        <button type="button" class="chip upload-again" onClick={() => chat.sendWaiting()}>
          <Icon name="again" size={14} /> {words}
        </button>
      )}
    </span>
  );
}
