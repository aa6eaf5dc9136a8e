import { beforeEach, expect, test, vi } from 'vitest';
import { Client } from '../src/api/client';
import { Refusal } from '../src/api/problem';
import { SessionKeeper } from '../src/api/session-keeper';
import type { Session } from '../src/wire/forms';

const MINUTE_MS = 60_000;
let now: number;
let kept: Map<string, string>;
let answers: (() => Response)[];
let asked: string[];
let queue: Promise<unknown>;

const session = (name: string): Session => ({
  userId: 'ann',
  deviceId: 'd',
  token: name,
  expiresAt: new Date(now + 15 * MINUTE_MS).toISOString(),
  refreshToken: `refresh-${name}`,
});
const json = (body: object, status = 200) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/problem+json' },
  });

const broken = (status: number) => {
  const body = new ReadableStream({ start: (it) => it.error(new TypeError('terminated')) });
  return new Response(body, { status, headers: { 'Content-Type': 'application/json' } });
};

const send = ((path: string, init: RequestInit) => {
  if (init.signal?.aborted) return Promise.reject(init.signal.reason);
  asked.push(`${new Headers(init.headers).get('Authorization') ?? ''} ${path}`.trim());
  const answer = answers.shift();
  return answer ? Promise.resolve(answer()) : Promise.reject(new TypeError('no network'));
}) as typeof fetch;

/** Two of them are two tabs. */
const keeper = () =>
  new SessionKeeper({
    storage: {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
      removeItem: (key) => void kept.delete(key),
    },
    locks: {
      request: ((_: string, run: () => Promise<unknown>) =>
        (queue = queue.then(run, run))) as never,
    },
    fetch: send,
    now: () => now,
  });

beforeEach(() => {
  now = Date.parse('2026-01-01T00:00:00Z');
  kept = new Map();
  answers = [];
  asked = [];
  queue = Promise.resolve();
});

test('a token that is good is used as it is', async () => {
  keeper().set(session('one'));

  expect(await keeper().token()).toBe('one');
  expect(asked).toEqual([]);
});

test('two tabs renew once, since a refresh token works once', async () => {
  const tab = keeper();
  tab.set(session('one'));
  now += 14.5 * MINUTE_MS;
  answers = [() => json(session('two'))];

  expect(await Promise.all([tab.token(), keeper().token()])).toEqual(['two', 'two']);
  expect(asked).toEqual(['/sessions/refresh']);
});

test('a session that the server does not know any more ends', async () => {
  const tab = keeper();
  tab.set(session('one'));
  tab.onEnded = vi.fn();
  now += 16 * MINUTE_MS;
  answers = [() => json({ code: 'unauthenticated' }, 401)];

  await expect(tab.token()).rejects.toMatchObject({ code: 'unauthenticated' });
  expect(tab.onEnded).toHaveBeenCalledWith(true);
  expect(tab.get()).toBeUndefined();
});

test('a refusal after a renewal whose answer may have been lost says nothing for sure', async () => {
  const tab = keeper();
  tab.set(session('one'));
  tab.onEnded = vi.fn();
  now += 16 * MINUTE_MS;
  answers = [() => broken(201), () => json({ code: 'unauthenticated' }, 401)];

  await expect(tab.token()).rejects.toMatchObject({ code: 'offline' });
  await expect(keeper().token()).rejects.toMatchObject({ code: 'unauthenticated' });

  tab.set(session('two'));
  answers = [() => broken(201), () => json({ code: 'unauthenticated' }, 401)];
  now += 16 * MINUTE_MS;
  await expect(keeper().token()).rejects.toMatchObject({ code: 'offline' });
  await expect(tab.token()).rejects.toMatchObject({ code: 'unauthenticated' });
  expect(tab.onEnded).toHaveBeenCalledWith(false);
});

/** A tab whose renewal is refused, another one having begun that session meanwhile. */
function overtaken(by: Session): SessionKeeper {
  const tab = keeper();
  tab.set(session('one'));
  tab.onEnded = vi.fn();
  now += 16 * MINUTE_MS;
  answers = [
    () => {
      keeper().set(by);
      return json({ code: 'unauthenticated' }, 401);
    },
  ];
  return tab;
}

test("another user's session is not taken, and stays", async () => {
  const tab = overtaken({ ...session('two'), userId: 'ben' });

  await expect(tab.token()).rejects.toMatchObject({ code: 'unauthenticated' });
  expect(tab.onEnded).not.toHaveBeenCalled();
  expect(tab.get()?.userId).toBe('ben');
});

test('a session that another tab has begun meanwhile is taken, and stays', async () => {
  const tab = overtaken(session('two'));

  expect(await tab.token()).toBe('two');
  expect(tab.onEnded).not.toHaveBeenCalled();
  expect(tab.get()?.token).toBe('two');
});

test('a renewal whose answer breaks off, or does not come, can be tried again', async () => {
  const tab = keeper();
  tab.set(session('one'));
  now += 16 * MINUTE_MS;
  answers = [() => broken(201), () => json(session('two'))];
  await expect(tab.token()).rejects.toMatchObject({ code: 'offline', retryable: true });

  const late = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(AbortSignal.abort());
  await expect(tab.token()).rejects.toMatchObject({ code: 'offline', retryable: true });
  late.mockRestore();
  expect(await tab.token()).toBe('two');
});

test('without a network the session stays', async () => {
  const tab = keeper();
  tab.set(session('one'));
  now += 16 * MINUTE_MS;

  await expect(tab.token()).rejects.toMatchObject({ code: 'offline', retryable: true });
  expect(tab.get()?.token).toBe('one');
});

test('a call whose token is refused is made again with a new one', async () => {
  const tab = keeper();
  tab.set(session('one'));
  answers = [
    () => json({ code: 'unauthenticated' }, 401),
    () => json(session('two')),
    () => json([{ id: 'd' }]),
  ];

  expect(await new Client(tab, send).call('GET', '/devices')).toEqual([{ id: 'd' }]);
  expect(asked).toEqual(['Bearer one /devices', '/sessions/refresh', 'Bearer two /devices']);
});

test('a refusal says why, and when to try again', async () => {
  const tab = keeper();
  tab.set(session('one'));
  answers = [
    () => {
      const response = json({ code: 'busy', retryable: true, detail: 'soon' }, 503);
      response.headers.set('Retry-After', '2');
      return response;
    },
  ];
  const refused = await new Client(tab, send).call('GET', '/devices').catch((error) => error);

  expect(refused).toBeInstanceOf(Refusal);
  expect(refused).toMatchObject({ code: 'busy', status: 503, retryable: true, retryAfterMs: 2000 });
});

test('what a proxy says instead of the server is a refusal too', async () => {
  const tab = keeper();
  tab.set(session('one'));
  answers = [() => new Response('<h1>Bad gateway</h1>', { status: 502 })];

  await expect(new Client(tab, send).call('GET', '/devices')).rejects.toMatchObject({
    code: 'internal',
    retryable: true,
  });
});

test.each([200, 409])('an answer of %i that breaks off may come whole later', async (status) => {
  const tab = keeper();
  tab.set(session('one'));
  answers = [() => broken(status)];

  await expect(new Client(tab, send).call('GET', '/devices')).rejects.toMatchObject({
    code: 'offline',
    retryable: true,
  });
});

test('what a proxy says as if it were the server is no answer', async () => {
  const tab = keeper();
  tab.set(session('one'));
  answers = [() => new Response('<h1>Sign in to this network</h1>')];

  await expect(new Client(tab, send).call('GET', '/devices')).rejects.toMatchObject({
    code: 'offline',
    retryable: true,
  });
});
