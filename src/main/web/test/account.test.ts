import './browser';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { chat, resume, signIn, signOut, wasEnded } from '../src/model/account';
import { Chat } from '../src/model/chat';
import { Store } from '../src/store/store';
import { FakeWire } from './fake-wire';
import { ANN, newStore, TALK } from './helpers';

let answers: Record<string, () => Response>;
let asked: { path: string; body: string }[];
let wires: FakeWire[];

const json = (body: object, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } });
const refused = () => json({ code: 'unauthenticated' }, 401);
const session = (name: string) => ({
  userId: ANN,
  deviceId: 'd',
  token: name,
  expiresAt: new Date(Date.now() + 900_000).toISOString(),
  refreshToken: `refresh-${name}`,
});

vi.stubGlobal('fetch', async (path: string, { body }: { body: string }) => {
  asked.push({ path, body });
  const answer = answers[path];
  if (!answer) throw new TypeError('no network');
  return answer();
});
vi.stubGlobal(
  'WebSocket',
  class extends FakeWire {
    constructor() {
      super();
      wires.push(this);
    }
  },
);

const draft = {
  clientId: 'a',
  conversation: TALK,
  content: { type: 'text', text: 'a' },
  writtenAt: '',
};

/** What is still there of what was written before. */
async function left(): Promise<string[]> {
  const store = await Store.open(ANN);
  const drafts = await store.drafts();
  store.close();
  return drafts.map((it) => it.clientId);
}

beforeEach(async () => {
  answers = {
    '/sessions': () => json(session('one'), 201),
    '/socket-tickets': () => json({ ticket: 't' }, 201),
  };
  asked = [];
  wires = [];
  const store = await newStore();
  await store.write(draft);
  store.close();
  await signIn(ANN, 'secret');
  await vi.waitFor(() => expect(wires).toHaveLength(1));
});

afterEach(async () => {
  vi.restoreAllMocks();
  await signOut();
});

test('a renewal that may have been answered before keeps what is on the device', async () => {
  answers['/socket-tickets'] = refused;
  await chat.value!.calls.socketTicket().catch(() => {});
  answers['/sessions/refresh'] = refused;
  await chat.value!.calls.socketTicket().catch(() => {});

  expect([chat.value, wasEnded.value]).toEqual([undefined, true]);
  expect(await left()).toEqual(['a']);

  answers = { '/sessions': () => json(session('two'), 201) };
  await signIn(ANN, 'secret');
  expect(JSON.parse(asked.findLast((it) => it.path === '/sessions')!.body)).toMatchObject({
    device: { id: 'd' },
  });
  expect(wasEnded.value).toBe(false);
  expect(await chat.value!.store.drafts()).toHaveLength(1);
});

test('a device that the server signed out keeps nothing', async () => {
  await wires[0]!.ends(4501);

  expect([chat.value, wasEnded.value]).toEqual([undefined, true]);
  expect(await left()).toEqual([]);
});

test('a device that was signed out while it was away keeps nothing either', async () => {
  answers['/socket-tickets'] = answers['/sessions/refresh'] = refused;
  await chat.value!.calls.socketTicket().catch(() => {});

  expect([chat.value, wasEnded.value]).toEqual([undefined, true]);
  expect(await left()).toEqual([]);
});

test('who signs out leaves nothing, also when the session was over already', async () => {
  answers['/sessions/current'] = answers['/sessions/refresh'] = refused;
  await signOut();

  expect([chat.value, wasEnded.value]).toEqual([undefined, false]);
  expect(await left()).toEqual([]);
});

test('a session is gone on with once, however often it is asked for', async () => {
  await signOut();
  const open = vi.spyOn(Chat, 'open');
  await Promise.all([signIn(ANN, 'secret'), signIn(ANN, 'secret'), resume()]);

  expect(open).toHaveBeenCalledTimes(1);
  expect(chat.value).toBe(await open.mock.results[0]!.value);
});

test('a session that could not be gone on with is gone on with later', async () => {
  await signOut();
  vi.spyOn(Chat, 'open').mockRejectedValueOnce(new Error('no database'));
  await expect(signIn(ANN, 'secret')).rejects.toThrow('no database');
  await resume();

  expect(chat.value?.me).toBe(ANN);
});

test('who signs out while what is here is opened leaves nothing', async () => {
  await signOut();
  const { open } = Chat;
  vi.spyOn(Chat, 'open').mockImplementationOnce(async (...args) => {
    const opened = await open(...args);
    await opened.store.write(draft);
    await signOut();
    return opened;
  });
  await signIn(ANN, 'secret');

  expect(chat.value).toBeUndefined();
  expect(await left()).toEqual([]);
});
