import { useEffect, useState } from 'preact/hooks';
import { t } from '../../i18n/texts';
import type { Chat } from '../../model/chat';
import { doubtText, lockText, lockTitle } from '../../model/locks';
import type { Conversation } from '../../store/database';
import { attempt } from '../../ui/errors';
import { Icon } from '../../ui/Icon';
import { SafetySheet } from './SafetySheet';

/** Whether a conversation is encrypted, why not, and how to make sure of it. */
export function EncryptionCard({ chat, conversation }: { chat: Chat; conversation: Conversation }) {
  const { id, with: other, kind } = conversation;
  const [comparing, setComparing] = useState(false);
  useEffect(() => chat.sealing.need(conversation), [id]);
  const lock = chat.sealing.lockOf(conversation);
  if (!lock) return null;
  const isSealed = lock.kind === 'sealed';
  const identity = other ? chat.sealing.identities.value.get(other) : undefined;
  const doubted = chat.sealing.doubtedOf(other ? [other] : chat.groups.memberIds(id));
  const isVerified = identity?.verified !== undefined && doubted.length === 0;
  const canCompare = isSealed && kind === 'direct' && other !== chat.me;
  return (
    <>
      <div class="group-card encryption" data-testid="encryption" data-lock={lock.kind}>
        <div class="big-row still">
          <span class={`round${isSealed ? '' : ' open'}`}>
            <Icon name={isSealed || lock.kind === 'will-be' ? 'lock' : 'lock-open'} />
          </span>
          <span class="grow">
            <strong>{lockTitle(lock)}</strong>
            <span class="hint">{lockText(chat, conversation, lock)}</span>
          </span>
        </div>
        {canCompare && (
          <button
            type="button"
            class="card-link"
            data-testid="safety"
            onClick={() => setComparing(true)}
          >
            <Icon name={isVerified ? 'check' : 'shield'} />
            <span class="grow">{t(isVerified ? 'safety.verified' : 'safety.compare')}</span>
            <Icon name="right" size={18} />
          </button>
        )}
      </div>
      {doubted.map((it) => (
        <div key={it.userId} class="note wrong" role="alert">
          <p>{doubtText(chat, it)}</p>
          <button
            type="button"
            class="button"
            onClick={() => void attempt(() => chat.sealing.accept(it.userId))}
          >
            {t('keys.accept')}
          </button>
        </div>
      ))}
      {comparing && other && (
        <SafetySheet chat={chat} id={id} other={other} onClose={() => setComparing(false)} />
      )}
    </>
  );
}
