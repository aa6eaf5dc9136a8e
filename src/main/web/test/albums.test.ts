import { expect, test } from 'vitest';
import { keyWith, messageIn, rowsOf, type Row } from '../src/screens/conversation/rows';
import type { Content } from '../src/wire/forms';
import { ANN, BEN, id, said, TALK } from './helpers';

const picture = (more: Partial<Content> = {}): Content => ({
  type: 'media',
  kind: 'image',
  mediaId: 'm',
  ...more,
});
const shown = (n: number, from: string, more: Partial<Content> = {}) => ({
  ...said(n, from),
  content: picture(more),
});
const waiting = (clientId: string) => ({
  clientId,
  conversation: TALK,
  content: picture({ mediaId: undefined }),
  upload: {},
  writtenAt: '',
});
const rows = (messages: ReturnType<typeof said>[], more = {}) =>
  rowsOf({ messages, drafts: [], me: ANN, head: 'start', ...more });
const kinds = (all: Row[]) => all.map((row) => row.kind).slice(2);

test('pictures and videos of one sender that follow each other are one album', () => {
  const all = rows([shown(1, BEN), shown(2, BEN, { kind: 'video' }), shown(3, BEN)]);

  expect(kinds(all)).toEqual(['album']);
  expect(all.at(-1)).toMatchObject({ key: id(1), opens: true, closes: true });
});

test('one picture alone, and what has words with it, is a message like others', () => {
  const all = rows([shown(1, BEN), said(2, BEN), shown(3, BEN, { caption: 'Hi' }), shown(4, BEN)]);

  expect(kinds(all)).toEqual(['message', 'message', 'message', 'message']);
});

test('an album holds what one person sent', () => {
  expect(kinds(rows([shown(1, BEN), shown(2, ANN), shown(3, ANN)]))).toEqual(['message', 'album']);
});

test('what is new to the reader begins an album of its own', () => {
  const all = rows([shown(1, BEN), shown(2, BEN), shown(3, BEN), shown(4, BEN)], {
    readUpTo: id(2),
  });

  expect(kinds(all)).toEqual(['album', 'unread', 'album']);
});

test('what is on its way is in the album already', () => {
  const all = rows([shown(1, ANN)], { drafts: [waiting('a'), waiting('b')] });

  expect(kinds(all)).toEqual(['album']);
  expect(messageIn(all.at(-1)!)?.id).toBe(id(1));
});

test('what could not be sent stands alone, so that it can be told', () => {
  const refused = { ...waiting('b'), refused: 'wrong-type' };

  expect(kinds(rows([shown(1, ANN)], { drafts: [waiting('a'), refused] }))).toEqual([
    'album',
    'draft',
  ]);
});

test('a message is found in the album that it is in', () => {
  const all = rows([shown(1, BEN), shown(2, BEN)]);

  expect(keyWith(all, id(2))).toBe(id(1));
  expect(keyWith(all, 'elsewhere')).toBe('elsewhere');
});
