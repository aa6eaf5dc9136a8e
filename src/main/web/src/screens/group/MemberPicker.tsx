import { useState } from 'preact/hooks';
import { codeOf } from '../../api/problem';
import { plural, t } from '../../i18n/texts';
import type { Chat } from '../../model/chat';
import { SearchField } from '../../ui/controls';
import { explain } from '../../ui/errors';
import { Icon } from '../../ui/Icon';
import { PersonRow } from '../../ui/PersonRow';
import { fits, sorted } from '../PeopleScreen';

const USER_ID = /^[a-z0-9][a-z0-9_-]{0,63}$/;

interface Props {
  chat: Chat;
  chosen: readonly string[];
  /** Who cannot be chosen, being there already. */
  without?: readonly string[];
  onChange(chosen: readonly string[]): void;
}

/** Chooses people: those whom one knows, or anybody by their user name. */
export function MemberPicker({ chat, chosen, without = [], onChange }: Props) {
  const [search, setSearch] = useState('');
  const [wrong, setWrong] = useState<string>();
  const wanted = search.trim().replace(/^@/, '').toLowerCase();
  const partners = chat.sorted.value.map((it) => it.with);
  const known = [...chat.people.all.value.values()].filter(
    (it) =>
      it.contactName !== undefined || partners.includes(it.userId) || chosen.includes(it.userId),
  );
  const possible = sorted(chat, known).filter(
    (it) => it.userId !== chat.me && !it.blocked && !without.includes(it.userId),
  );
  const shown = possible.filter((it) => fits(chat, it, wanted));
  const isKnown = [...possible.map((it) => it.userId), ...without, chat.me].includes(wanted);

  function toggle(userId: string): void {
    const isIn = chosen.includes(userId);
    onChange(isIn ? chosen.filter((id) => id !== userId) : [...chosen, userId]);
  }

  async function add(userId: string): Promise<void> {
    setWrong(undefined);
    try {
      await chat.people.fetch(userId);
      onChange([...chosen, userId]);
      setSearch('');
    } catch (error) {
      const isMissing = codeOf(error) === 'not-found';
      setWrong(isMissing ? t('people.notFound', { userId }) : explain(error));
    }
  }

  return (
    <>
      <h2 class="section">
        {chosen.length > 0 ? plural('group.chosen', chosen.length) : t('group.choose')}
      </h2>
      <div class="search-row">
        <SearchField label={t('people.search')} value={search} onText={setSearch} />
      </div>
      {wrong && (
        <p class="note wrong" role="alert">
          {wrong}
        </p>
      )}
      {USER_ID.test(wanted) && !isKnown && (
        <button
          type="button"
          class="big-row"
          onClick={() => void add(wanted)}
          data-testid="add-by-name"
        >
          <span class="round">
            <Icon name="user-plus" />
          </span>
          <strong class="grow">{t('group.addByName', { userId: wanted })}</strong>
        </button>
      )}
      <ul>
        {shown.map(({ userId }) => {
          const isIn = chosen.includes(userId);
          return (
            <li key={userId}>
              <PersonRow
                chat={chat}
                userId={userId}
                role="checkbox"
                aria-checked={isIn}
                onClick={() => toggle(userId)}
                after={
                  <span class={`check-box${isIn ? ' on' : ''}`}>
                    {isIn && <Icon name="check" size={16} />}
                  </span>
                }
              />
            </li>
          );
        })}
      </ul>
    </>
  );
}
