import { beforeEach, expect, test } from 'vitest';
import { LAST_ID } from '../src/store/database';
import type { Store } from '../src/store/store';
import { ANN, BEN, entry, id, newStore, said, TALK } from './helpers';

let store: Store;

beforeEach(async () => {
  store?.close();
  store = await newStore();
});

const before = async (last: string, limit = 10) =>
  (await store.before((await store.conversation(TALK))!, last, limit)).map((it) => it.id);

test('what is known without a gap is read from the device, oldest first', async () => {
  await store.apply([entry(5, BEN), entry(6, ANN), entry(7, BEN)], 7);

  expect(await before(LAST_ID)).toEqual([id(5), id(6), id(7)]);
  expect(await before(id(7), 1)).toEqual([id(6)]);
});

test('past a gap nothing is read, until a page of the past has closed it', async () => {
  await store.apply([entry(5, BEN)], 5);
  expect(await before(id(5))).toEqual([]);

  await store.keepHistory(TALK, { messages: [said(4, ANN), said(3, BEN)], next: id(3) });
  expect(await before(id(5))).toEqual([id(3), id(4)]);
  expect((await store.conversation(TALK))!.knownFrom).toBe(id(3));
});

test('the first page of the past ends the asking', async () => {
  await store.apply([entry(2, BEN)], 2);
  await store.keepHistory(TALK, { messages: [said(1, BEN)] });

  expect((await store.conversation(TALK))!.knownFrom).toBe('');
});

test('a page tells how far the other one has got', async () => {
  await store.apply([entry(2, BEN)], 2);
  await store.keepHistory(TALK, { messages: [{ ...said(1, ANN), status: 'read' }] });

  expect((await store.conversation(TALK))!.marks[BEN]).toEqual({ delivered: id(1), read: id(1) });
});

test('a conversation that only the server knows comes with its last message', async () => {
  const info = {
    id: TALK,
    kind: 'direct',
    with: BEN,
    unread: 1,
    lastMessage: said(9, BEN),
  } as const;
  await store.takeInfos([info]);

  expect(await before(LAST_ID)).toEqual([id(9)]);
});

test('starting over keeps what was not sent and counts what the server counts', async () => {
  await store.apply([entry(1, BEN)], 1);
  await store.write({
    clientId: 'a',
    conversation: TALK,
    content: { type: 'text', text: 'a' },
    writtenAt: '',
  });
  const info = {
    id: TALK,
    kind: 'direct',
    with: BEN,
    unread: 7,
    lastMessage: said(90, BEN),
  } as const;
  await store.restart([info], 100);

  expect(await store.cursor()).toBe(100);
  expect(await store.drafts()).toHaveLength(1);
  expect((await store.conversation(TALK))!.unread).toBe(7);
  expect(await store.message(id(1))).toBeUndefined();

  // The server has counted it already.
  await store.apply([entry(89, BEN)], 101);
  expect((await store.conversation(TALK))!.unread).toBe(7);
});
