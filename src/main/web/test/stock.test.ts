import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, test } from 'vitest';
import type { KeyCalls } from '../src/api/key-calls';
import { startCrypto } from '../src/crypto/start';
import { Store } from '../src/store/store';
import { FakeServer } from './fake-keys';

let server: FakeServer;
let calls: KeyCalls;
let store: Store;
beforeEach(async () => {
  server = new FakeServer();
  server.signIn('ann', '1');
  calls = server.callsOf('ann', '1');
  globalThis.indexedDB = new IDBFactory();
  store = await Store.open('ann');
});

async function start() {
  const crypto = await startCrypto({
    keys: store.keys,
    calls,
    user: 'ann',
    device: '1',
    lock: (work) => work(),
    onKeys: () => Promise.resolve(),
  });
  return crypto!;
}

const stock = async () => (await calls.ownKeys())!.remaining;

test('a device can be written to after the first step, and has its whole stock in the end', async () => {
  const crypto = await start();
  expect(await stock()).toEqual({ 1: 4, 83: 4 });

  await crypto.publish();
  expect(await stock()).toEqual({ 1: 20, 83: 16 });
});

test('what others have taken of the stock is made anew', async () => {
  const crypto = await start();
  await crypto.publish();
  await calls.keyPackages('ann', 83, ['1']);
  expect(await stock()).toEqual({ 1: 20, 83: 15 });

  await crypto.publish();
  expect(await stock()).toEqual({ 1: 20, 83: 16 });
});

test('a server that keeps nothing is not asked for ever', async () => {
  const { putKeys } = calls;
  let brought = 0;
  calls.putKeys = (keys) => (++brought === 1 ? putKeys(keys) : Promise.resolve());
  const crypto = await start();

  await crypto.publish();
  expect(brought).toBe(3);
});
