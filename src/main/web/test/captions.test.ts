import './browser';
import { expect, test } from 'vitest';
import type { Prepared } from '../src/media/prepare';
import { sendAll, type Outgoing } from '../src/screens/conversation/media/sending';

const file = (name: string, caption = '', more: Partial<Outgoing> = {}): Outgoing => ({
  prepared: Promise.resolve({ content: { type: 'media', name } } as Prepared),
  caption,
  ...more,
});
const wrong = { wrong: 'Too large' };

/** What was sent with what was said, and what was said with nothing. */
async function sent(...files: Outgoing[]): Promise<unknown[]> {
  const all: unknown[] = [];
  const left = await sendAll(files, async ({ content }, caption) => {
    all.push([content.name, caption]);
  });
  return [...all, left];
}

test('a file goes with what was written to it', async () => {
  expect(await sent(file('a', ' one '), file('b'))).toEqual([['a', 'one'], ['b', undefined], '']);
});

test('what was written to a file that cannot be sent goes with the next one', async () => {
  const [a, b, c] = [file('a', 'look', wrong), file('b', 'mine'), file('c')];

  expect(await sent(a, b, c)).toEqual([['b', 'mine'], ['c', 'look'], '']);
});

test('what was written goes back where no file is left for it', async () => {
  const broken = { prepared: Promise.reject(new Error('Not readable')) };

  expect(await sent(file('a', 'look', wrong), file('b', 'here', broken))).toEqual(['look\nhere']);
});
