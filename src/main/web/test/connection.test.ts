import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Refusal } from '../src/api/problem';
import { Connection, REPLAY_MAX, type Phase } from '../src/socket/connection';
import type { Draft } from '../src/store/database';
import type { EntryFrame } from '../src/wire/frames';
import { FakeWire, settled } from './fake-wire';
import { BEN, entry, TALK } from './helpers';

const hello = (pos: number, from: number, resume = 'complete') => ({
  t: 'hello',
  user: 'ann',
  device: 'd',
  pos,
  from,
  resume,
});

let wires: FakeWire[];
let cursor: number | undefined;
let drafts: Draft[];
let phases: Phase[];
let applied: EntryFrame[];
let restarted: number[];
let refused: [string, string][];
let signedOut: boolean;
let ticket: () => Promise<string>;
let connection: Connection;

const draft = (clientId: string): Draft => ({
  clientId,
  conversation: TALK,
  content: { type: 'text', text: clientId },
  writtenAt: '',
});
const sent = (ref: string, pos: number) => ({
  t: 'sent',
  ref,
  id: `m${pos}`,
  conversation: TALK,
  sentAt: '',
  pos,
});

beforeEach(() => {
  vi.useFakeTimers();
  wires = [];
  cursor = 0;
  drafts = [];
  phases = [];
  applied = [];
  restarted = [];
  refused = [];
  signedOut = false;
  ticket = () => Promise.resolve('ticket');
  connection = new Connection({
    open: () => {
      const wire = new FakeWire();
      wires.push(wire);
      return wire;
    },
    ticket: () => ticket(),
    cursor: () => Promise.resolve(cursor),
    apply: (entries, upTo) => {
      applied.push(...entries);
      cursor = upTo;
      const refs = entries.flatMap((it) => (it.t === 'sent' ? [it.ref] : []));
      drafts = drafts.filter((it) => !refs.includes(it.clientId));
      return Promise.resolve({ conversations: [], messages: [], outbox: false });
    },
    restart: (upTo) => {
      restarted.push(upTo);
      cursor = upTo;
      return Promise.resolve();
    },
    drafts: () => Promise.resolve(drafts),
    refuse: (clientId, code) => {
      refused.push([clientId, code]);
      drafts = drafts.map((it) => (it.clientId === clientId ? { ...it, refused: code } : it));
      return Promise.resolve();
    },
    onPhase: (phase) => phases.push(phase),
    onTouched: () => {},
    onEphemeral: () => {},
    onSignedOut: () => (signedOut = true),
    random: () => 1,
  });
});

afterEach(() => {
  connection.stop();
  vi.useRealTimers();
});

async function attached(): Promise<FakeWire> {
  void connection.connect();
  await settled();
  const wire = wires.at(-1)!;
  wire.onopen?.();
  return wire;
}

async function live(at = 0): Promise<FakeWire> {
  const wire = await attached();
  await wire.says(hello(at, at), { t: 'caught-up', pos: at });
  return wire;
}

describe('attaching', () => {
  test('goes on from what is stored', async () => {
    cursor = 41;
    const wire = await attached();

    expect(wire.received).toEqual([{ t: 'attach', after: 41 }]);
  });

  test('a new device replays a short mailbox', async () => {
    cursor = undefined;
    const wire = await attached();
    await wire.says(hello(2, 0), entry(1, BEN), entry(2, BEN), { t: 'caught-up', pos: 2 });

    expect(restarted).toEqual([]);
    expect(cursor).toBe(2);
    expect(phases).toEqual(['connecting', 'replaying', 'live']);
  });

  test('a new device takes the lists of the server instead of a long mailbox', async () => {
    cursor = undefined;
    const wire = await attached();
    await wire.says(hello(REPLAY_MAX + 1, 0));
    wires[1]!.onopen?.();

    expect(restarted).toEqual([REPLAY_MAX + 1]);
    expect(wire.closed).toBe(true);
    expect(wires[1]!.received).toEqual([{ t: 'attach', after: REPLAY_MAX + 1 }]);
  });

  test('starts over when what was missed cannot be replayed', async () => {
    cursor = 3;
    const wire = await attached();
    await wire.says(hello(50, 40, 'reset'), entry(41, BEN));

    expect(restarted).toEqual([40]);
    expect(cursor).toBe(41);
  });
});

describe('entries', () => {
  test('are acknowledged once they are stored', async () => {
    const wire = await live();
    await wire.says(entry(1, BEN), entry(2, BEN));

    expect(applied).toHaveLength(2);
    expect(wire.of('ack').at(-1)).toEqual({ t: 'ack', pos: 2 });
  });

  test('past one of our own that is still to come are not acknowledged', async () => {
    drafts = [draft('a')];
    const wire = await live();
    await wire.says(entry(2, BEN));
    expect(wire.of('ack')).toEqual([]);

    await wire.says(sent('a', 1));
    expect(wire.of('ack')).toEqual([{ t: 'ack', pos: 2 }]);
  });
});

describe('sending', () => {
  test('one follows the other', async () => {
    drafts = [draft('a'), draft('b')];
    const wire = await live();
    expect(wire.of('send')).toMatchObject([{ ref: 'a' }]);

    await wire.says(sent('a', 1));
    expect(wire.of('send')).toMatchObject([{ ref: 'a' }, { ref: 'b' }]);
  });

  test('what is not confirmed is sent again on the next socket, under the same name', async () => {
    drafts = [draft('a')];
    const first = await live();
    await first.ends(1006);
    await vi.advanceTimersByTimeAsync(1_000);
    const second = wires[1]!;
    second.onopen?.();
    await second.says(hello(0, 0));

    expect(second.of('send')).toMatchObject([{ ref: 'a' }]);
  });

  test('a passing refusal holds up what was written later', async () => {
    drafts = [draft('a'), draft('b')];
    const wire = await live();
    const problem = { code: 'too-many-requests', retryable: true };
    await wire.says({ t: 'error', ref: 'a', problem, retryAfterMs: 3_000 });
    await vi.advanceTimersByTimeAsync(2_900);
    expect(wire.of('send')).toHaveLength(1);

    await vi.advanceTimersByTimeAsync(200);
    expect(wire.of('send')).toMatchObject([{ ref: 'a' }, { ref: 'a' }]);
  });

  test('a refusal for good is kept, and the next one goes', async () => {
    drafts = [draft('a'), draft('b')];
    const wire = await live();
    await wire.says({ t: 'error', ref: 'a', problem: { code: 'too-large', retryable: false } });

    expect(refused).toEqual([['a', 'too-large']]);
    expect(wire.of('send').at(-1)).toMatchObject({ ref: 'b' });
  });

  test('a socket that does not confirm is given up', async () => {
    drafts = [draft('a')];
    const wire = await live();
    for (let second = 0; second < 21; second++) {
      await vi.advanceTimersByTimeAsync(1_000);
      if (!wire.closed) await wire.says({ t: 'pong' });
    }

    expect(wire.closed).toBe(true);
  });
});

describe('a socket that ends', () => {
  test('is replaced, later each time', async () => {
    ticket = () => Promise.reject(Refusal.offline('no network'));
    const tries = vi.fn();
    const offline = ticket;
    ticket = () => {
      tries();
      return offline();
    };
    void connection.connect();
    await settled();
    await vi.advanceTimersByTimeAsync(500 + 1_000 + 2_000);

    expect(tries).toHaveBeenCalledTimes(4);
  });

  test('of a node that goes down is replaced when that node says so', async () => {
    const wire = await live();
    await wire.says({ t: 'draining', reconnectAfterMs: 5_000 });
    await wire.ends(4000);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(wires).toHaveLength(1);

    await vi.advanceTimersByTimeAsync(600);
    expect(wires).toHaveLength(2);
  });

  test('is not replaced when the server does not want that', async () => {
    const wire = await live();
    await wire.ends(4500);
    await vi.advanceTimersByTimeAsync(120_000);

    expect(wires).toHaveLength(1);
    expect(phases.at(-1)).toBe('stopped');
  });

  test('because the token has expired is replaced with another token', async () => {
    const wire = await live();
    await wire.ends(4502);
    await vi.advanceTimersByTimeAsync(1_000);

    expect(wires).toHaveLength(2);
  });

  test('because the device was signed out ends everything', async () => {
    const wire = await live();
    await wire.ends(4501);

    expect(signedOut).toBe(true);
  });

  test('because a message was too large refuses that message', async () => {
    drafts = [draft('a')];
    const wire = await live();
    await wire.ends(4513);
    await vi.advanceTimersByTimeAsync(1_000);

    expect(refused).toEqual([['a', 'too-large']]);
    expect(wires).toHaveLength(2);
  });

  test('without a word is noticed', async () => {
    const wire = await live();
    await vi.advanceTimersByTimeAsync(25_000);
    expect(wire.of('ping')).toHaveLength(1);

    await vi.advanceTimersByTimeAsync(8_000);
    expect(wire.closed).toBe(true);
  });
});
