import { expect, test } from 'vitest';
import { Offsets } from '../src/ui/offsets';
import { rowsOf } from '../src/screens/conversation/rows';
import { ANN, BEN, id, said, TALK } from './helpers';

const rows = (messages: ReturnType<typeof said>[], more = {}) =>
  rowsOf({ messages, drafts: [], me: ANN, head: 'start', ...more });

test('messages of one sender within minutes belong together', () => {
  const all = rows([said(1, BEN), said(2, BEN), said(3, ANN)]).filter(
    (it) => it.kind === 'message',
  );

  expect(all.map(({ opens, closes }) => [opens, closes])).toEqual([
    [true, false],
    [false, true],
    [true, true],
  ]);
});

test('days are told apart', () => {
  const day = 24 * 60 * 60;
  const kinds = rows([said(0, BEN), said(day, BEN), said(day + 1, BEN)]).map((it) => it.kind);

  expect(kinds).toEqual(['start', 'day', 'message', 'day', 'message', 'message']);
});

test('a line stands before what is new', () => {
  const kinds = rows([said(1, BEN), said(2, ANN), said(3, BEN)], { readUpTo: id(1) }).map(
    (it) => it.kind,
  );

  expect(kinds).toEqual(['start', 'day', 'message', 'message', 'unread', 'message']);
});

test('what was just sent is not shown as a draft as well, and keeps its place', () => {
  const content = { type: 'text', text: 'a' };
  const draft = { clientId: 'a', conversation: TALK, content, writtenAt: '' };
  const waiting = rows([], { drafts: [draft] }).map((it) => it.key);
  const sent = rows([{ ...said(1, ANN), clientId: 'a' }], { drafts: [draft] }).map((it) => it.key);

  expect(waiting.at(-1)).toBe('a');
  expect(sent.filter((key) => key === 'a')).toHaveLength(1);
});

test('rows are found by their height, measured or guessed', () => {
  const offsets = new Offsets(10);
  offsets.setKeys(['a', 'b', 'c', 'd']);
  expect(offsets.total).toBe(40);

  expect(offsets.measure([['b', 30]])).toBe(true);
  expect(offsets.measure([['b', 30.2]])).toBe(false);
  expect([0, 9, 10, 39, 40, 59, 1_000].map((top) => offsets.indexAt(top))).toEqual([
    0, 0, 1, 1, 2, 3, 3,
  ]);
  expect(offsets.startOf('c')).toBe(40);
});

test('what was measured stays when rows come before it', () => {
  const offsets = new Offsets(10);
  offsets.setKeys(['b']);
  offsets.measure([['b', 30]]);
  offsets.setKeys(['a', 'b']);

  expect(offsets.startOf('b')).toBe(10);
  expect(offsets.total).toBe(40);
});
