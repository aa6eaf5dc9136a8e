import { useState } from 'preact/hooks';
import { t } from '../../i18n/texts';
import type { Chat } from '../../model/chat';
import { go, linkTo, place } from '../../model/route';
import { preview } from '../../model/preview';
import type { Conversation } from '../../store/database';
import { IconButton, SearchField } from '../../ui/controls';
import { Icon, Mark } from '../../ui/Icon';
import { ConversationMenu } from './ConversationMenu';
import { ConversationRow } from './ConversationRow';
import { StatusLine } from './StatusLine';
import type { Spot } from '../../ui/Sheet';

/** All conversations, or those that were put away. */
export function ListScreen({ chat, archived }: { chat: Chat; archived: boolean }) {
  const [search, setSearch] = useState('');
  const [menu, setMenu] = useState<{ conversation: Conversation; spot: Spot }>();
  const all = chat.sorted.value;
  const inPlace = all.filter((it) => search !== '' || it.archived === archived);
  const shown = inPlace.filter((it) => fits(chat, it, search));
  const putAway = all.filter((it) => it.archived);
  const putAwayUnread = putAway.filter((it) => it.unread > 0 && !it.muted).length;
  return (
    <section class="pane-screen" aria-label={t('list.label')}>
      {archived ? (
        <header class="bar">
          <IconButton icon="back" label={t('action.back')} onClick={() => go({ at: 'list' })} />
          <h1>{t('list.archived')}</h1>
        </header>
      ) : (
        <ListBar />
      )}
      <StatusLine chat={chat} />
      {all.length > 0 && (
        <div class="search-row">
          <SearchField label={t('list.search')} value={search} onText={setSearch} />
        </div>
      )}
      <div class="pane-body">
        {!archived && search === '' && putAway.length > 0 && (
          <a class="archived-row" href={linkTo({ at: 'archived' })}>
            <Icon name="archive" size={20} />
            <span class="grow">{t('list.archived')}</span>
            {putAwayUnread > 0 ? (
              <span class="badge">{putAwayUnread}</span>
            ) : (
              <span class="hint">{putAway.length}</span>
            )}
          </a>
        )}
        {shown.length > 0 ? (
          <ul class="conversations" aria-label={t('list.label')} onKeyDown={moveBetweenRows}>
            {shown.map((conversation) => (
              <ConversationRow
                key={conversation.id}
                chat={chat}
                conversation={conversation}
                selected={isOpen(conversation.id)}
                onMenu={(spot) => setMenu({ conversation, spot })}
              />
            ))}
          </ul>
        ) : (
          <Nothing search={search} archived={archived} />
        )}
      </div>
      {menu && <ConversationMenu chat={chat} {...menu} onClose={() => setMenu(undefined)} />}
    </section>
  );
}

function ListBar() {
  return (
    <header class="bar list-bar">
      <Mark size={34} />
      <h1>{t('list.title')}</h1>
      <span class="grow" />
      <IconButton
        icon="compose"
        label={t('list.new')}
        data-testid="new-chat"
        onClick={() => go({ at: 'people' })}
      />
      <IconButton
        icon="settings"
        label={t('list.settings')}
        data-testid="settings"
        onClick={() => go({ at: 'settings' })}
      />
    </header>
  );
}

function Nothing({ search, archived }: { search: string; archived: boolean }) {
  if (search !== '') return <p class="nothing">{t('list.nothingFound', { text: search })}</p>;
  if (archived) return <p class="nothing">{t('list.archivedEmpty')}</p>;
  return (
    <div class="nothing">
      <Mark size={72} />
      <h2>{t('list.empty.title')}</h2>
      <p>{t('list.empty.text')}</p>
      <a class="button main" href={linkTo({ at: 'people' })}>
        {t('list.empty.action')}
      </a>
    </div>
  );
}

function fits(chat: Chat, conversation: Conversation, search: string): boolean {
  const wanted = search.trim().toLowerCase();
  if (wanted === '') return true;
  const said = conversation.last ? preview(chat, conversation.last) : '';
  return [chat.title(conversation), conversation.with ?? '', said].some((text) =>
    text.toLowerCase().includes(wanted),
  );
}

function isOpen(id: string): boolean {
  const now = place.value;
  return 'id' in now && now.id === id;
}

/** The arrow keys go up and down the list. */
function moveBetweenRows(event: KeyboardEvent): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const rows = [...(event.currentTarget as Element).querySelectorAll<HTMLElement>('a')];
  const at = rows.indexOf(document.activeElement as HTMLElement);
  const next = rows[at + (event.key === 'ArrowDown' ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
