import { useState } from 'preact/hooks';
import { t } from '../../i18n/texts';
import type { Chat } from '../../model/chat';
import { go } from '../../model/route';
import { Field, IconButton } from '../../ui/controls';
import { attempt } from '../../ui/errors';
import { MemberPicker } from './MemberPicker';

const TITLE_CHARACTERS_MAX = 100;

/** Makes a group of the people chosen here. */
export function NewGroupScreen({ chat }: { chat: Chat }) {
  const [title, setTitle] = useState('');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [busy, setBusy] = useState(false);

  async function create(): Promise<void> {
    setBusy(true);
    await attempt(async () => {
      const group = await chat.groups.calls.create(title.trim(), [...chosen]);
      await chat.groups.fetch(group.conversation);
      go({ at: 'conversation', id: group.conversation }, true);
    });
    setBusy(false);
  }

  return (
    <section class="pane-screen" aria-label={t('group.new')}>
      <header class="bar">
        <IconButton icon="back" label={t('action.back')} onClick={() => go({ at: 'people' })} />
        <h1>{t('group.new')}</h1>
      </header>
      <form
        class="pane-body form-body"
        onSubmit={(event) => {
          event.preventDefault();
          void create();
        }}
      >
        <div class="padded">
          <Field
            label={t('group.title')}
            value={title}
            maxLength={TITLE_CHARACTERS_MAX}
            onInput={(event) => setTitle(event.currentTarget.value)}
          />
        </div>
        <MemberPicker chat={chat} chosen={chosen} onChange={setChosen} />
        <div class="padded sticky-foot">
          <button
            type="submit"
            class="button main wide"
            data-testid="create-group"
            disabled={busy || title.trim() === ''}
          >
            {t('group.create')}
          </button>
        </div>
      </form>
    </section>
  );
}
