import { beforeEach, describe, expect, test, vi } from 'vitest';
import { Refusal } from '../src/api/problem';
import { Backoff } from '../src/socket/backoff';
import { Outbox, type Sendable } from '../src/socket/outbox';
import type { Draft } from '../src/store/database';
import type { ClientFrame } from '../src/wire/frames';
import { settled } from './fake-wire';
import { TALK } from './helpers';

let drafts: Draft[];
let sent: ClientFrame[];
let refused: [string, string][];
let seal: (draft: Draft) => Promise<Sendable>;
/** Whether the store can be read, and written. */
let works: { read: boolean; write: boolean };
let outbox: Outbox;

const draft = (clientId: string): Draft => ({
  clientId,
  conversation: TALK,
  content: { type: 'text', text: clientId },
  replyTo: 'm1',
  writtenAt: '',
});
const sealed = { content: { type: 'sealed' } };

function answer<T>(isThere: boolean, value: T): Promise<T> {
  return isThere ? Promise.resolve(value) : Promise.reject(new Error('no database'));
}

beforeEach(() => {
  vi.useFakeTimers();
  drafts = [draft('a'), draft('b')];
  sent = [];
  refused = [];
  seal = () => Promise.resolve(sealed);
  works = { read: true, write: true };
  outbox = new Outbox({
    drafts: () => answer(works.read, drafts),
    seal: (it) => seal(it),
    refuse: async (clientId, code) => {
      await answer(works.write, undefined);
      refused.push([clientId, code]);
      drafts = drafts.filter((it) => it.clientId !== clientId);
    },
    send: (frame) => sent.push(frame),
    stuck: () => {},
    backoff: new Backoff(() => 0.5),
  });
});

describe('what is sealed before it is sent', () => {
  test('goes out sealed, with nothing of what is inside beside it', async () => {
    outbox.start();
    await settled();

    expect(sent).toEqual([{ t: 'send', ref: 'a', to: TALK, content: { type: 'sealed' } }]);
  });

  test('waits for its user when they are signed out meanwhile', async () => {
    seal = () => Promise.reject(new Refusal('unauthenticated', 401, false, ''));
    outbox.start();
    await settled();

    expect(refused).toEqual([]);
    expect(drafts).toHaveLength(2);
  });

  test('is refused when it may not be sealed, and does not hold up the next', async () => {
    seal = ({ clientId }) =>
      clientId === 'a'
        ? Promise.reject(new Refusal('identity-changed', 409, false, ''))
        : Promise.resolve(sealed);
    outbox.start();
    await settled();

    expect(refused).toEqual([['a', 'identity-changed']]);
    expect(sent).toMatchObject([{ ref: 'b' }]);
  });

  test('is refused when its group cannot be worked with', async () => {
    seal = () => Promise.reject(new Error('Not a group info'));
    outbox.start();
    await settled();

    expect(refused[0]).toEqual(['a', 'cannot-seal']);
  });

  test('waits while the server cannot be asked for keys', async () => {
    seal = () => Promise.reject(Refusal.offline('no network'));
    outbox.start();
    await settled();
    expect(sent).toEqual([]);
    seal = () => Promise.resolve(sealed);
    await vi.advanceTimersByTimeAsync(1_000);

    expect(refused).toEqual([]);
    expect(sent).toMatchObject([{ ref: 'a' }]);
  });

  test('is sent once when the socket is another one by the time it is sealed', async () => {
    const ready: ((value: Sendable) => void)[] = [];
    seal = () => new Promise((resolve) => ready.push(resolve));
    outbox.start();
    await settled();
    outbox.stop();
    outbox.start();
    ready[0]!(sealed);
    await settled();
    expect(sent).toEqual([]);
    ready[1]!(sealed);
    await settled();

    expect(sent).toMatchObject([{ ref: 'a' }]);
  });
});

describe('while the store cannot be read or written', () => {
  test('what is to be sent waits, and is sent by itself', async () => {
    works.read = false;
    outbox.start();
    await settled();
    expect(sent).toEqual([]);
    works.read = true;
    await vi.advanceTimersByTimeAsync(1_000);

    expect(sent).toMatchObject([{ ref: 'a' }]);
  });

  test('what is to be sent waits, and is sent at once when that is asked for', async () => {
    works.read = false;
    outbox.start();
    await settled();
    works.read = true;
    await outbox.flush();

    expect(sent).toMatchObject([{ ref: 'a' }]);
  });

  test('what may not be sealed waits, and is refused later', async () => {
    seal = () => Promise.reject(new Refusal('identity-changed', 409, false, ''));
    works.write = false;
    outbox.start();
    await settled();
    works.write = true;
    await vi.advanceTimersByTimeAsync(1_000);

    expect(refused).toEqual([
      ['a', 'identity-changed'],
      ['b', 'identity-changed'],
    ]);
  });

  test('what the server refuses is sent once more', async () => {
    const problem = { code: 'too-large', retryable: false, title: '', status: 413, detail: '' };
    outbox.start();
    await settled();
    works.write = false;
    await outbox.refused({ t: 'error', ref: 'a', problem });
    works.write = true;
    await vi.advanceTimersByTimeAsync(1_000);
    await outbox.refused({ t: 'error', ref: 'a', problem });
    await settled();

    expect(sent).toMatchObject([{ ref: 'a' }, { ref: 'a' }, { ref: 'b' }]);
  });
});
