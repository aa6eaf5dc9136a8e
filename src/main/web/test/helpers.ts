import 'fake-indexeddb/auto';
import { Store } from '../src/store/store';
import type { EntryFrame } from '../src/wire/frames';
import type { Message } from '../src/wire/forms';

export const ANN = 'ann';
export const BEN = 'ben';
export const TALK = 'direct:ann:ben';

/** An empty store of its own, as ann's device has it. */
export function newStore(me = ANN): Promise<Store> {
  indexedDB.deleteDatabase(`parley-${me}`);
  return Store.open(me);
}

/** Ids of messages sort by time. */
export function id(n: number): string {
  return `01M8${String(n).padStart(22, '0')}`;
}

export function said(n: number, from: string, text = `text ${n}`): Message {
  return {
    id: id(n),
    conversation: TALK,
    from,
    sentAt: new Date(1_700_000_000_000 + n * 1000).toISOString(),
    content: { type: 'text', text },
    read: from === ANN,
  };
}

/** The entry that brings that message, at the position of the same number. */
export function entry(n: number, from: string, more: Partial<Message> = {}): EntryFrame {
  return { t: 'message', pos: n, message: { ...said(n, from), pos: n, ...more } };
}
