import { useEffect, useState } from 'preact/hooks';
import { codeOf } from '../api/problem';
import { t } from '../i18n/texts';
import type { Chat } from '../model/chat';
import { go, linkTo } from '../model/route';
import { directWith } from '../store/conversation';
import type { Person } from '../store/database';
import { IconButton, SearchField } from '../ui/controls';
import { explain } from '../ui/errors';
import { Icon } from '../ui/Icon';
import { PersonRow } from '../ui/PersonRow';

const USER_ID = /^[a-z0-9][a-z0-9_-]{0,63}$/;

/** Whom one can write to: contacts, and anybody by their user name. */
export function PeopleScreen({ chat }: { chat: Chat }) {
  const [search, setSearch] = useState('');
  const [wrong, setWrong] = useState<string>();
  const wanted = search.trim().replace(/^@/, '').toLowerCase();
  const all = [...chat.people.all.value.values()];
  const contacts = sorted(
    chat,
    all.filter((it) => it.contactName !== undefined && !it.blocked),
  );
  const blocked = sorted(
    chat,
    all.filter((it) => it.blocked),
  );
  const shown = contacts.filter((it) => fits(chat, it, wanted));
  const known = contacts.some((it) => it.userId === wanted);
  useEffect(() => void chat.people.sync().catch(() => {}), []);

  async function open(userId: string): Promise<void> {
    setWrong(undefined);
    try {
      if (userId !== chat.me) await chat.people.fetch(userId);
      go({ at: 'conversation', id: directWith(userId, chat.me) });
    } catch (error) {
      const isMissing = codeOf(error) === 'not-found';
      setWrong(isMissing ? t('people.notFound', { userId }) : explain(error));
    }
  }

  return (
    <section class="pane-screen" aria-label={t('people.title')}>
      <header class="bar">
        <IconButton icon="back" label={t('action.back')} onClick={() => go({ at: 'list' })} />
        <h1>{t('people.title')}</h1>
      </header>
      <form
        class="search-row"
        onSubmit={(event) => {
          event.preventDefault();
          if (USER_ID.test(wanted)) void open(wanted);
        }}
      >
        <SearchField label={t('people.search')} value={search} onText={setSearch} autofocus />
      </form>
      <div class="pane-body">
        {wrong && (
          <p class="note wrong" role="alert">
            {wrong}
          </p>
        )}
        {USER_ID.test(wanted) && !known && (
          <button
            type="button"
            class="big-row"
            onClick={() => void open(wanted)}
            data-testid="find"
          >
            <span class="round">
              <Icon name="search" />
            </span>
            <span class="grow">
              <strong class="cut">{t('people.find', { userId: wanted })}</strong>
              <span class="hint">{t('people.findHint')}</span>
            </span>
          </button>
        )}
        {wanted === '' && (
          <>
            <a class="big-row" href={linkTo({ at: 'new-group' })} data-testid="new-group">
              <span class="round">
                <Icon name="users" />
              </span>
              <strong class="grow">{t('list.newGroup')}</strong>
            </a>
            <button type="button" class="big-row" onClick={() => void open(chat.me)}>
              <span class="round">
                <Icon name="star" />
              </span>
              <strong class="grow">{t('people.yourself')}</strong>
            </button>
          </>
        )}
        <h2 class="section">{t('people.contacts')}</h2>
        {contacts.length === 0 && <p class="nothing small">{t('people.none')}</p>}
        <ul>
          {shown.map(({ userId }) => (
            <li key={userId}>
              <PersonRow chat={chat} userId={userId} onClick={() => void open(userId)} />
            </li>
          ))}
        </ul>
        {blocked.length > 0 && wanted === '' && (
          <>
            <h2 class="section">{t('people.blocked')}</h2>
            <ul>
              {blocked.map(({ userId }) => (
                <li key={userId}>
                  <PersonRow
                    chat={chat}
                    userId={userId}
                    onClick={() => go({ at: 'info', id: directWith(userId, chat.me) })}
                  />
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </section>
  );
}

export function sorted(chat: Chat, people: Person[]): Person[] {
  const name = (person: Person) => chat.people.name(person.userId);
  return [...people].sort((a, b) => name(a).localeCompare(name(b)));
}

export function fits(chat: Chat, { userId }: Person, wanted: string): boolean {
  return userId.includes(wanted) || chat.people.name(userId).toLowerCase().includes(wanted);
}
