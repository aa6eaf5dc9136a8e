import { beforeEach, expect, test } from 'vitest';
import type { GroupCalls } from '../src/api/group-calls';
import { Refusal } from '../src/api/problem';
import type { Chat } from '../src/model/chat';
import { Groups } from '../src/model/groups';
import { Thread } from '../src/model/thread';
import { newConversation } from '../src/store/conversation';
import type { Store } from '../src/store/store';
import { ANN, newStore } from './helpers';

const GROUP = 'group:01M8000000000000000000000G';

const notFound = () => Promise.reject(new Refusal('not-found', 404, false, 'There is none'));
const calls = { get: notFound, members: notFound } as unknown as GroupCalls;

let store: Store;

beforeEach(async () => {
  store?.close();
  store = await newStore();
});

/** Opens the group's page, until there is an answer. */
async function look(): Promise<void> {
  const chat = {
    store,
    calls: { history: notFound },
    conversation: () => newConversation(GROUP, ANN),
    watch: () => () => {},
  };
  await new Groups(store, calls).fetch(GROUP);
  const thread = new Thread(chat as unknown as Chat, GROUP);
  await thread.older();
  expect(thread.atStart.value).toBe(true);
}

test('a link to a group of others leaves nothing in the list', async () => {
  await look();

  expect(await store.conversations()).toEqual([]);
});

test('a group that one was in stays in the list', async () => {
  await store.changeConversation(GROUP, { title: 'Hikers' });
  await look();

  expect(await store.conversations()).toMatchObject([{ id: GROUP, left: true, knownFrom: '' }]);
});
