import { useEffect } from 'preact/hooks';
import { t } from '../i18n/texts';
import type { Chat } from '../model/chat';
import { chat } from '../model/account';
import { place, type Place } from '../model/route';
import { Later } from '../ui/Later';
import { Mark } from '../ui/Icon';
import { Toasts } from '../ui/Toasts';
import { ConversationScreen } from './conversation/ConversationScreen';
import { ListScreen } from './list/ListScreen';
import { Welcome } from './Welcome';

const loadPeople = () => import('./PeopleScreen').then((it) => it.PeopleScreen);
const loadNewGroup = () => import('./group/NewGroupScreen').then((it) => it.NewGroupScreen);
const loadSettings = () => import('./SettingsScreen').then((it) => it.SettingsScreen);
const loadDevices = () => import('./DevicesScreen').then((it) => it.DevicesScreen);
const loadInfo = () => import('./info/InfoScreen').then((it) => it.InfoScreen);
const loadMessage = () => import('./info/MessageInfoScreen').then((it) => it.MessageInfoScreen);
const loadJoin = () => import('./group/JoinScreen').then((it) => it.JoinScreen);

/** Everything: one column on a phone, two panes on a desk. */
export function App() {
  const user = chat.value;
  useEffect(() => {
    const unread = user?.unread.value ?? 0;
    document.title = unread > 0 ? `(${unread}) Parley` : 'Parley';
    const badge = navigator as { setAppBadge?(count: number): Promise<void> };
    void badge.setAppBadge?.(unread).catch(() => {});
  }, [user?.unread.value]);
  return (
    <>
      {user ? <Panes chat={user} place={place.value} /> : <Welcome />}
      <Toasts />
    </>
  );
}

function Panes({ chat, place }: { chat: Chat; place: Place }) {
  const inMain = 'id' in place;
  return (
    <div class={`panes${inMain ? ' in-main' : ''}`}>
      {/* A phone shows one of them; whatever is shown there, the main part is in it. */}
      <div class="side" role={inMain ? 'navigation' : 'main'} aria-label={t('list.label')}>
        <Side chat={chat} place={place} />
      </div>
      <div class="main-pane" role={inMain ? 'main' : 'complementary'}>
        {inMain ? <Main chat={chat} place={place} /> : <NoConversation />}
      </div>
    </div>
  );
}

function Side({ chat, place }: { chat: Chat; place: Place }) {
  switch (place.at) {
    case 'people':
      return <Later load={loadPeople} chat={chat} />;
    case 'new-group':
      return <Later load={loadNewGroup} chat={chat} />;
    case 'settings':
      return <Later load={loadSettings} chat={chat} />;
    case 'devices':
      return <Later load={loadDevices} chat={chat} />;
    case 'join':
      return <Later load={loadJoin} chat={chat} token={place.token} />;
    default:
      return <ListScreen chat={chat} archived={place.at === 'archived'} />;
  }
}

function Main({ chat, place }: { chat: Chat; place: Extract<Place, { id: string }> }) {
  const { id } = place;
  return (
    <>
      <ConversationScreen key={id} chat={chat} id={id} />
      {place.at === 'info' && <Later key={id} load={loadInfo} chat={chat} id={id} />}
      {place.at === 'message' && (
        <Later load={loadMessage} chat={chat} id={id} message={place.message} />
      )}
    </>
  );
}

function NoConversation() {
  return (
    <div class="no-conversation">
      <Mark size={88} />
      <h2>{t('chat.none.title')}</h2>
      <p>{t('chat.none.text')}</p>
    </div>
  );
}
