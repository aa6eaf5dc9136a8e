import { useState } from 'preact/hooks';
import { t } from '../../i18n/texts';
import type { Chat } from '../../model/chat';
import { attempt } from '../../ui/errors';
import { Sheet } from '../../ui/Sheet';
import { MemberPicker } from './MemberPicker';

/** Adds people to a group. */
export function AddMembers({ chat, id, onClose }: { chat: Chat; id: string; onClose(): void }) {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  async function add(): Promise<void> {
    const done = await attempt(async () => {
      for (const userId of chosen) await chat.groups.calls.putMember(id, userId);
    });
    await chat.groups.fetch(id).catch(() => {});
    if (done) onClose();
  }
  return (
    <Sheet label={t('group.add')} card onClose={onClose}>
      <h2>{t('group.add')}</h2>
      <MemberPicker
        chat={chat}
        chosen={chosen}
        without={chat.groups.memberIds(id)}
        onChange={setChosen}
      />
      <div class="choices">
        <button type="button" class="button plain" onClick={onClose}>
          {t('action.cancel')}
        </button>
        <button
          type="button"
          class="button main"
          disabled={chosen.length === 0}
          onClick={() => void add()}
        >
          {t('group.add')}
        </button>
      </div>
    </Sheet>
  );
}
