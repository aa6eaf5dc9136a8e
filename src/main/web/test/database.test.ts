import { forceCloseDatabase } from 'fake-indexeddb';
import { deleteDB, openDB, unwrap } from 'idb';
import { beforeEach, expect, test, vi } from 'vitest';
import { nameFor, openDatabase, type Database } from '../src/store/database';
import { ANN, newStore } from './helpers';

let reload: () => void;
let database: Database;

beforeEach(async () => {
  (await newStore()).close();
  reload = vi.fn();
  database = await openDatabase(ANN, reload);
});

test('makes room for a newer app in another tab, and its page is loaded anew', async () => {
  const newer = await openDB(nameFor(ANN), 99);
  newer.close();

  expect(reload).toHaveBeenCalledOnce();
});

test('goes when somebody signs out, without its page being loaded anew', async () => {
  await deleteDB(nameFor(ANN));

  expect(reload).not.toHaveBeenCalled();
});

test('keeps what an older app had opened', async () => {
  const user = 'older';
  const older = await openDB(nameFor(user), 4, {
    upgrade: (db) => void db.createObjectStore('opened'),
  });
  const letter = { letter: { content: { type: 'text', text: 'hello' } }, user, device: 'd' };
  await older.put('opened', letter, 'tail');
  older.close();
  const now = await openDatabase(user, reload);

  expect(await now.get('opened', 'tail')).toEqual(letter);
  expect(await now.getAllFromIndex('opened', 'message')).toEqual([]);
});

test('that the browser closes is opened by its page anew', async () => {
  forceCloseDatabase(unwrap(database) as never);
  await vi.waitFor(() => expect(reload).toHaveBeenCalledOnce());
});
