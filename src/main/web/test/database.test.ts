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

test('that the browser closes is opened by its page anew', async () => {
  forceCloseDatabase(unwrap(database) as never);
  await vi.waitFor(() => expect(reload).toHaveBeenCalledOnce());
});
