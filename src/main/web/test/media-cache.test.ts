import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { openDatabase } from '../src/store/database';
import { MediaCache } from '../src/store/media-cache';
import { newStore, said, ANN, TALK, id } from './helpers';

const blob = (bytes: number) => new Blob([new Uint8Array(bytes)]);

test('what was seen is there again, by its size', async () => {
  const { media } = await newStore('cache-1');
  await media.put('m', '800', blob(5));

  expect((await media.get('m', '800'))?.size).toBe(5);
  expect(await media.get('m', '320')).toBeUndefined();
});

test('what was not looked at for longest makes room', async () => {
  const media = new MediaCache(await openDatabase('cache-2'), 100);
  for (const n of [1, 2, 3]) {
    await media.put(`m${n}`, '800', blob(40));
    await new Promise((resolve) => setTimeout(resolve, 2));
  }

  expect(await media.get('m1', '800')).toBeUndefined();
  expect(await media.get('m3', '800')).toBeDefined();
});

test('a file waits with its message, and goes with it', async () => {
  const store = await newStore();
  const content = { type: 'media', kind: 'image' as const };
  const waiting = { clientId: 'a', conversation: TALK, content, writtenAt: '', upload: {} };
  await store.write(waiting, blob(7));
  expect((await store.file('a'))?.size).toBe(7);

  const message = { ...said(1, ANN), id: id(1), clientId: 'a', content };
  await store.apply([{ t: 'message', pos: 1, message }], 1);
  expect(await store.file('a')).toBeUndefined();
  expect(await store.drafts()).toEqual([]);
});
