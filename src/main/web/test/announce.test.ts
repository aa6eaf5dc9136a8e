import './browser';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Chat } from '../src/model/chat';
import { newConversation } from '../src/store/conversation';
import { ANN, BEN, said, TALK } from './helpers';

let held: string[];
let listeners: (() => void)[];
const showNotification = vi.fn();

const locks = {
  request: async (name: string, _: object, work: () => Promise<void>) => {
    held.push(name);
    await work();
    held.splice(held.indexOf(name), 1);
  },
  query: () => Promise.resolve({ held: held.map((name) => ({ name })) }),
};
const serviceWorker = { getRegistration: () => Promise.resolve({ showNotification }) };

vi.stubGlobal('navigator', { languages: ['en'], userAgent: '', locks, serviceWorker });
vi.stubGlobal('Notification', { permission: 'granted' });
vi.stubGlobal('window', globalThis);

const { announce } = await import('../src/model/announce');
const { Attention } = await import('../src/model/attention');

const last = said(1, BEN);
const touched = { conversations: [TALK], messages: [{ conversation: TALK, id: last.id }] };

/** A tab, as it is when it is opened. */
function tab(visibilityState: 'visible' | 'hidden') {
  Object.assign(document, { visibilityState });
  const attention = new Attention(ANN);
  const conversation = { ...newConversation(TALK, ANN), last, unread: 1 };
  const store = { conversation: () => Promise.resolve(conversation) };
  const chat = { attention, store, me: ANN, title: () => BEN, sealing: {} } as unknown as Chat;
  return { attention, announce: () => announce(chat, { ...touched, outbox: false }) };
}

beforeEach(() => {
  held = [];
  listeners = [];
  showNotification.mockReset();
  Object.assign(document, {
    addEventListener: (_: string, listener: () => void) => listeners.push(listener),
  });
});

test('what comes while no tab is looked at is announced', async () => {
  await tab('hidden').announce();

  expect(showNotification).toHaveBeenCalledTimes(1);
});

test('nothing is announced while the user looks at another tab', async () => {
  tab('visible');
  const leader = tab('hidden');
  await leader.announce();
  expect(showNotification).not.toHaveBeenCalled();

  listeners[0]!();
  await vi.waitFor(() => expect(held).toEqual([]));
  await leader.announce();
  expect(showNotification).toHaveBeenCalledTimes(1);
});

test('a tab that is closed is not looked at any more', async () => {
  const other = tab('visible');
  const leader = tab('hidden');
  other.attention.close();
  await vi.waitFor(() => expect(held).toEqual([]));
  await leader.announce();

  expect(showNotification).toHaveBeenCalledTimes(1);
});
