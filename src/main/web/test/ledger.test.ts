import { beforeEach, describe, expect, test } from 'vitest';
import { statusOf } from '../src/store/conversation';
import type { Store } from '../src/store/store';
import { ANN, BEN, entry, id, newStore, TALK } from './helpers';

let store: Store;

beforeEach(async () => {
  store?.close();
  store = await newStore();
});

const talk = async () => (await store.conversation(TALK))!;
const textOf = async (n: number) => (await store.message(id(n)))?.content.text;

describe('messages', () => {
  test('are kept with the cursor and counted as unread', async () => {
    await store.apply([entry(1, BEN), entry(2, BEN)], 2);

    expect(await store.cursor()).toBe(2);
    expect(await talk()).toMatchObject({ unread: 2, with: BEN, last: { id: id(2) } });
  });

  test('that come again change nothing', async () => {
    const entries = [entry(1, BEN), entry(2, ANN), entry(3, BEN)];
    await store.apply(entries, 3);
    const before = await talk();
    await store.apply(entries, 3);

    expect(await talk()).toEqual(before);
  });

  test('are kept all or none: what comes before one that fails is taken back', async () => {
    const bad = entry(2, BEN, { mentions: {} as never });
    await expect(store.apply([entry(1, BEN), bad], 2)).rejects.toThrow(TypeError);

    expect(await store.cursor()).toBeUndefined();
    expect(await store.message(id(1))).toBeUndefined();
  });

  test('of an earlier time do not become the last one', async () => {
    await store.apply([entry(5, BEN), entry(4, ANN)], 5);

    expect((await talk()).last?.id).toBe(id(5));
  });

  test('leave an archived conversation where it was put', async () => {
    await store.apply([entry(1, BEN)], 1);
    await store.changeConversation(TALK, { archived: true });
    await store.apply([entry(2, BEN)], 2);

    expect(await talk()).toMatchObject({ archived: true, unread: 2 });
  });

  test('that mention the user are counted apart', async () => {
    await store.apply([entry(1, BEN, { mentions: [ANN] }), entry(2, BEN)], 2);

    expect(await talk()).toMatchObject({ unread: 2, mentions: 1 });
  });
});

describe('what becomes of a message', () => {
  test('an edit shows, and a replay of what was said first does not undo it', async () => {
    const edit = {
      t: 'edited',
      pos: 2,
      conversation: TALK,
      id: id(1),
      by: BEN,
      content: { type: 'text', text: 'better' },
      at: '2026-01-01T00:00:02.000Z',
    } as const;
    await store.apply([entry(1, BEN), edit], 2);
    await store.apply([entry(1, BEN)], 2);

    expect(await textOf(1)).toBe('better');
    expect((await talk()).last?.content.text).toBe('better');
  });

  test('an older edit does not replace a newer one', async () => {
    const edit = (text: string, at: string) =>
      ({
        t: 'edited',
        pos: 2,
        conversation: TALK,
        id: id(1),
        by: BEN,
        content: { type: 'text', text },
        at,
      }) as const;
    await store.apply([entry(1, BEN), edit('second', '2026-01-01T00:00:09.000Z')], 2);
    await store.apply([edit('first', '2026-01-01T00:00:05.000Z')], 2);

    expect(await textOf(1)).toBe('second');
  });

  test('of a deleted one nothing stays', async () => {
    await store.apply([entry(1, BEN)], 1);
    const at = '2026-01-01T00:00:00.000Z';
    const gone = { t: 'deleted', pos: 2, conversation: TALK, id: id(1), by: BEN, at } as const;
    await store.apply([gone], 2);
    await store.apply([entry(1, BEN)], 2);

    expect(await textOf(1)).toBeUndefined();
    expect(await store.message(id(1))).toMatchObject({ deleted: true });
  });

  const react = (on: boolean, emoji = '👍') =>
    ({
      t: 'reaction',
      pos: 2,
      conversation: TALK,
      id: id(1),
      by: BEN,
      emoji,
      on,
      at: '2026-01-01T00:00:00.000Z',
    }) as const;

  test('reactions come and go', async () => {
    await store.apply([entry(1, ANN), react(true), react(true)], 2);
    expect((await store.message(id(1)))?.reactions).toEqual({ '👍': [BEN] });

    await store.apply([react(false)], 3);
    expect((await store.message(id(1)))?.reactions).toEqual({});
  });

  test('a reaction may be called like what every object has', async () => {
    await store.apply([entry(1, ANN), react(true), react(true, 'constructor')], 3);

    const { reactions } = (await store.message(id(1)))!;
    expect(Object.entries(reactions!)).toEqual([
      ['👍', [BEN]],
      ['constructor', [BEN]],
    ]);
  });
});

describe('receipts', () => {
  const receipt = (delivered?: number, read?: number) =>
    ({
      t: 'receipt',
      pos: 9,
      conversation: TALK,
      by: BEN,
      delivered: delivered && id(delivered),
      read: read && id(read),
    }) as never;

  test('hold for all messages up to the named one', async () => {
    await store.apply([entry(1, ANN), entry(2, ANN), entry(3, ANN), receipt(2, 1)], 9);
    const states = [1, 2, 3].map(async (n) =>
      statusOf(await talk(), (await store.message(id(n)))!),
    );

    expect(await Promise.all(states)).toEqual(['read', 'delivered', 'sent']);
  });

  test('only move forward', async () => {
    await store.apply([entry(1, ANN), entry(2, ANN), receipt(2, 2), receipt(1)], 9);

    expect((await talk()).marks[BEN]).toEqual({ delivered: id(2), read: id(2) });
  });
});

describe('reading', () => {
  test('on this device takes effect at once and waits for the server', async () => {
    await store.apply([entry(1, BEN), entry(2, BEN), entry(3, BEN)], 3);

    expect(await store.read(TALK, id(2))).toBe(true);
    expect((await talk()).unread).toBe(1);
    expect(await store.pendingReads()).toEqual([{ conversation: TALK, upTo: id(2) }]);
  });

  test('is not told twice', async () => {
    await store.apply([entry(1, BEN)], 1);
    await store.read(TALK, id(1));

    expect(await store.read(TALK, id(1))).toBe(false);
  });

  test('what the server hears late does not drop what was read since', async () => {
    await store.apply([entry(1, BEN), entry(2, BEN)], 2);
    await store.read(TALK, id(1));
    await store.read(TALK, id(2));
    await store.readIsKnown(TALK, id(1));

    expect(await store.pendingReads()).toHaveLength(1);
  });

  test('on another device counts here too', async () => {
    const read = { t: 'read', pos: 3, conversation: TALK, upTo: id(1) } as const;
    await store.apply([entry(1, BEN), entry(2, BEN), read], 3);

    expect((await talk()).unread).toBe(1);
  });
});

describe('what was written', () => {
  const draft = (clientId: string) => ({
    clientId,
    conversation: TALK,
    content: { type: 'text', text: clientId },
    writtenAt: '2026-01-01T00:00:00.000Z',
  });
  const sent = (ref: string, pos: number) =>
    ({
      t: 'sent',
      ref,
      id: id(pos),
      conversation: TALK,
      sentAt: '2026-01-01T00:00:01.000Z',
      pos,
    }) as const;

  test('waits in its order and becomes a message once it is safe', async () => {
    await store.write(draft('a'));
    await store.write(draft('b'));
    await store.apply([sent('a', 1)], 1);

    expect((await store.drafts()).map((it) => it.clientId)).toEqual(['b']);
    expect(await store.message(id(1))).toMatchObject({ from: ANN, content: { text: 'a' } });
  });

  test('is not shown twice when it comes back as a message instead', async () => {
    await store.write(draft('a'));
    await store.apply([entry(1, ANN, { clientId: 'a' })], 1);

    expect(await store.drafts()).toEqual([]);
  });
});

describe('groups', () => {
  const group = 'group:01M8000000000000000000000G';
  const notice = (n: number, content: object) =>
    entry(n, BEN, { conversation: group, content: content as never });

  test('are titled, entered and left by what they tell', async () => {
    await store.apply([notice(1, { type: 'group-created', title: 'Trip', members: [ANN] })], 1);
    expect(await store.conversation(group)).toMatchObject({ kind: 'group', title: 'Trip' });

    await store.apply([notice(2, { type: 'title-changed', title: 'Journey' })], 2);
    await store.apply([notice(3, { type: 'member-removed', member: ANN })], 3);
    expect(await store.conversation(group)).toMatchObject({ title: 'Journey', left: true });
  });

  test('have one receipt for all others', async () => {
    await store.apply([entry(1, ANN, { conversation: group })], 1);
    const receipt = { t: 'receipt', pos: 2, conversation: group, delivered: id(1) } as const;
    await store.apply([receipt], 2);
    const message = (await store.message(id(1)))!;

    expect(statusOf((await store.conversation(group))!, message)).toBe('delivered');
  });
});
