import { beforeEach, describe, expect, test } from 'vitest';
import { Refusal } from '../src/api/problem';
import { HYBRID } from '../src/crypto/suites';
import type { SealedContent } from '../src/wire/sealed';
import { FakeServer, Phone } from './fake-keys';
import { id } from './helpers';

const TALK = 'direct:ann:ben';

let server: FakeServer;
beforeEach(() => (server = new FakeServer()));

const open = (user: string, id = '1') => Phone.open(server, user, id);

describe('a chat of two', () => {
  test('is sealed from the first message on, with the hybrid suite', async () => {
    const [ann, ben] = [await open('ann'), await open('ben')];
    const content = await ann.say(TALK, 'hello');
    await ben.hear();
    await ben.say(TALK, 'hi');
    await ann.hear();

    expect(content.type).toBe('sealed');
    expect(JSON.stringify(server.messages)).not.toContain('hello');
    expect(server.groups.get(TALK)).toMatchObject({ epoch: 1, suite: HYBRID });
    expect(await ben.reads(TALK)).toEqual(['hello', 'hi'].slice(0, 1));
    await ben.hear();
    expect(await ben.reads(TALK)).toEqual(['hello', 'hi']);
    expect(await ann.reads(TALK)).toEqual(['hello', 'hi']);
    expect(await ann.store.drafts()).toEqual([]);
  });

  test('will be sealed, and then is, when the keys were looked at before', async () => {
    const [ann] = [await open('ann'), await open('ben')];

    expect(await ann.engine.outlook(TALK)).toEqual({ kind: 'will-be' });
    expect((await ann.say(TALK, 'hello')).type).toBe('sealed');
    expect(await ann.engine.outlook(TALK)).toBe('sealed');
  });

  test('stays plain while somebody has a device without keys, and is not asked about each time', async () => {
    const ann = await open('ann');
    await open('ben');
    server.signIn('ben', 'curl');

    expect((await ann.seal(TALK, 'hello')).content).toEqual({ type: 'text', text: 'hello' });
    expect(await ann.engine.outlook(TALK)).toEqual({ kind: 'no-keys', user: 'ben' });
    expect(server.groups.size).toBe(0);
  });

  test('never goes back to plain once it is sealed', async () => {
    const [ann, ben] = [await open('ann'), await open('ben')];
    await ann.say(TALK, 'hello');
    await ben.hear();
    server.signIn('ben', 'curl');
    ann.time += 600_000;

    expect((await ann.seal(TALK, 'more')).content.type).toBe('sealed');
  });

  test('is made by one when both begin at once, and loses nothing', async () => {
    const [ann, ben] = [await open('ann'), await open('ben')];
    server.beforeCommit = async () => void (await ben.say(TALK, 'me first'));
    await ann.say(TALK, 'no, me');
    await Promise.all([ann.hear(), ben.hear()]);

    expect(await ben.reads(TALK)).toEqual(['me first', 'no, me']);
    expect(await ann.reads(TALK)).toEqual(['me first', 'no, me']);
  });

  test('survives that the answer to a commit is lost', async () => {
    const [ann, ben] = [await open('ann'), await open('ben')];
    server.loseAnswer = true;
    await expect(ann.seal(TALK, 'hello')).rejects.toMatchObject({ code: 'offline' });
    await ann.hear();
    const [draft] = await ann.store.drafts();
    const { content } = await ann.engine.seal(draft!);
    server.post(TALK, 'ann', content, draft!.clientId);
    await ben.hear();

    expect(await ben.reads(TALK)).toEqual(['hello']);
    expect(server.groups.get(TALK)!.epoch).toBe(1);
  });

  test('gets new keys of a device after a day', async () => {
    const [ann, ben] = [await open('ann'), await open('ben')];
    await ann.say(TALK, 'hello');
    await ben.hear();
    ann.time += 25 * 60 * 60 * 1000;
    await ann.say(TALK, 'still me');
    await ann.say(TALK, 'and again');
    await ben.hear();

    expect(server.groups.get(TALK)!.epoch).toBe(2);
    expect(await ben.reads(TALK)).toEqual(['hello', 'still me', 'and again']);
  });

  test('sends a draft as it was sealed when it is sent again', async () => {
    const ann = await open('ann');
    await open('ben');
    const { draft, content } = await ann.seal(TALK, 'hello');
    const [kept] = await ann.store.drafts();

    expect((await ann.engine.seal(kept!)).content).toEqual(content);
    expect(draft.clientId).toBe(kept!.clientId);
  });

  test('takes an edit only for the message it is for', async () => {
    const [ann, ben] = [await open('ann'), await open('ben')];
    await ann.say(TALK, 'first');
    await ann.say(TALK, 'second');
    await ben.hear();
    const [first, second] = server.messages.filter(
      (it) => (it.content as SealedContent).kind !== 'commit',
    );
    const content = await ann.engine.sealEdit(first!, { type: 'text', text: 'better' });
    const edit = (of: string) =>
      ({
        t: 'edited',
        pos: 9,
        conversation: TALK,
        id: of,
        by: 'ann',
        content,
        at: '2030',
      }) as const;
    const incoming = { conversation: TALK, from: 'ann', content };
    await ben.engine.open([incoming], (keys) => ben.store.apply([edit(first!.id)], 9, keys));
    await ben.store.apply([edit(second!.id)], 9);

    expect((await ben.reads(TALK))[0]).toBe('better');
    expect((await ben.reads(TALK))[1]).toBeUndefined();
  });

  test('keeps what an edited message answers and whom it names, also where it is read later', async () => {
    const [ann, ben] = [await open('ann'), await open('ben')];
    const first = await ann.say(TALK, 'first');
    await ben.hear();
    const about = { replyTo: id(1), mentions: ['ben'] };
    const content = await ann.engine.sealEdit(
      { conversation: TALK, id: id(2), ...about },
      { type: 'text', text: 'better' },
    );
    const incoming = { conversation: TALK, from: 'ann', content };
    await ben.engine.open([incoming], (keys) => ben.store.keys.write(keys));
    const said = server.messages.find((it) => it.content === first)!;
    const now = { ...said, id: id(2), content, editedAt: '2030' };

    expect(await ann.store.unsealed(now)).toMatchObject({ ...about, content: { text: 'better' } });
    expect(await ben.store.unsealed(now)).toMatchObject({ ...about, content: { text: 'better' } });
  });

  test('does not take for said by one what another sealed', async () => {
    const [ann, ben] = [await open('ann'), await open('ben')];
    const content = await ann.say(TALK, 'hello');
    server.messages.pop();
    server.post(TALK, 'ben', content);
    const second = await open('ben', '2');
    await second.engine.join(TALK);
    await ben.hear();

    expect(await ben.reads(TALK)).toEqual([undefined]);
  });
});

describe('another device of a user', () => {
  test('joins from outside: it reads what follows, and nothing before', async () => {
    const [ann, ben] = [await open('ann'), await open('ben')];
    await ann.say(TALK, 'before');
    await ben.hear();
    const tablet = await open('ben', '2');
    await tablet.hear();
    await ann.hear();
    await ann.accept('ben');
    await ann.say(TALK, 'after');
    await Promise.all([tablet.hear(), ben.hear()]);

    expect(await tablet.reads(TALK)).toEqual([undefined, 'after']);
    expect(await ben.reads(TALK)).toEqual(['before', 'after']);
    expect(ann.news).toEqual([{ conversation: TALK, user: 'ben' }]);
  });

  test('reads from a backup what was said before it came', async () => {
    const [ann, ben] = [await open('ann'), await open('ben')];
    await ann.say(TALK, 'before');
    await ben.hear();
    const tablet = await open('ben', '2');
    await tablet.hear();
    expect(await tablet.reads(TALK)).toEqual([undefined]);
    await tablet.store.keys.takeLetters(await ben.store.keys.letters());

    expect(await tablet.reads(TALK)).toEqual(['before']);
    expect((await tablet.store.conversation(TALK))?.last?.content.text).toBe('before');
  });

  test('has to be accepted before anything more is said', async () => {
    const [ann, ben] = [await open('ann'), await open('ben')];
    await ann.say(TALK, 'before');
    await ben.hear();
    await (await open('ben', '2')).engine.join(TALK);
    await ann.hear();

    await expect(ann.seal(TALK, 'after')).rejects.toMatchObject({ code: 'identity-changed' });
    await ann.accept('ben');
    expect((await ann.seal(TALK, 'after')).content.type).toBe('sealed');
  });

  test('has to be accepted too when it is found out while sealing', async () => {
    const [ann, ben] = [await open('ann'), await open('ben')];
    await ann.say(TALK, 'before');
    await ben.hear();
    await (await open('ben', '2')).engine.join(TALK);
    ann.time += 600_000;

    await expect(ann.seal(TALK, 'after')).rejects.toMatchObject({ code: 'identity-changed' });
    expect(ann.news).toEqual([{ conversation: TALK, user: 'ben' }]);
    await ann.accept('ben');
    expect((await ann.seal(TALK, 'after')).content.type).toBe('sealed');
  });

  test('comes back under its name after it lost its keys', async () => {
    const [ann, ben] = [await open('ann'), await open('ben')];
    await ann.say(TALK, 'before');
    await ben.hear();
    const again = await open('ben', '1');
    await again.hear();
    await again.say(TALK, 'I am back');
    await ann.hear();
    expect((await ann.store.keys.identity('ben'))?.changed).toHaveLength(1);

    expect((await ann.reads(TALK)).at(-1)).toBe('I am back');
    expect(again.device.key).not.toEqual(ben.device.key);
  });

  test('that was signed out is put out by whoever sends next', async () => {
    const [ann, ben] = [await open('ann'), await open('ben')];
    const lost = await open('ben', 'lost');
    await ann.say(TALK, 'to all');
    await Promise.all([ben.hear(), lost.hear()]);
    server.signOut('ben', 'lost');
    ann.time += 600_000;
    await ann.say(TALK, 'not to the lost one');
    await Promise.all([ben.hear(), lost.hear()]);

    expect((await ben.reads(TALK)).at(-1)).toBe('not to the lost one');
    expect((await lost.reads(TALK)).at(-1)).toBeUndefined();
  });
});

test('what has another form inside than the app knows cannot be read, and stops nothing', async () => {
  const [ann, ben] = [await open('ann'), await open('ben')];
  await ann.say(TALK, { type: 'text', text: 5 as never });
  const opens = { key: '', hash: '' };
  await ann.say(TALK, { type: 'media', kind: 'image', opens, previews: null as never });
  await ann.say(TALK, 'hello');
  await ben.hear();

  expect(await ben.reads(TALK)).toEqual([undefined, undefined, 'hello']);
  expect((await ben.store.conversation(TALK))?.unread).toBe(3);
});

test.each([
  Refusal.offline('no network'),
  new Refusal('unauthenticated', 401, false, 'Signed out'),
])('a refusal that may pass is no reason to give a message up: %s', async (refusal) => {
  const [ann, ben] = [await open('ann'), await open('ben')];
  await ann.say(TALK, 'hello');
  const tablet = await open('ben', '2');
  const { mls } = server.callsOf('ben', '2');
  const calls = (tablet.engine as unknown as { ports: { calls: { mls: typeof mls } } }).ports.calls;
  calls.mls = () => Promise.reject(refusal);

  await expect(tablet.hear()).rejects.toBe(refusal);
  calls.mls = mls;
  await tablet.hear();
  await ann.hear();
  await ben.hear();
  await ben.say(TALK, 'still there');
  await tablet.hear();
  expect((await tablet.reads(TALK)).at(-1)).toBe('still there');
});
