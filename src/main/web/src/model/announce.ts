import type { Touched } from '../store/ledger';
import { t } from '../i18n/texts';
import { preview } from './preview';
import type { Chat } from './chat';

/** Shows what has come while the app is open but not looked at, in any tab. */
export async function announce(chat: Chat, touched: Touched): Promise<void> {
  if (!('Notification' in window) || Notification.permission !== 'granted') return;
  if (await chat.attention.isHere()) return;
  const registration = await navigator.serviceWorker?.getRegistration();
  if (!registration) return;
  for (const id of touched.conversations) {
    const conversation = await chat.store.conversation(id);
    const last = conversation?.last;
    if (!conversation || !last || conversation.muted || conversation.unread === 0) continue;
    if (last.from === chat.me || !touched.messages.some((it) => it.id === last.id)) continue;
    await registration.showNotification(chat.title(conversation), {
      body: preview(chat, last) || t('message.unknown'),
      tag: id,
      icon: '/icons/icon-192.png',
      badge: '/icons/badge-96.png',
      data: { conversation: id },
    });
  }
}
