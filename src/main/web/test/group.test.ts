import { describe, expect, test } from 'vitest';
import { fromUtf8, utf8 } from '../src/crypto/bytes';
import { Group, type KeyPair } from '../src/crypto/group';
import { newKeyPackage, newSignatureKey, packageData } from '../src/crypto/packages';
import { CLASSIC, HYBRID } from '../src/crypto/suites';

const TALK = 'direct:ann:ben';

async function device(name: string, suite: number): Promise<{ keys: KeyPair; data: string }> {
  const [user, id] = name.split('/') as [string, string];
  const keys = await newKeyPackage(user, id, await newSignatureKey(), suite);
  return { keys, data: packageData(keys.publicPackage) };
}

describe.each([
  ['classic', CLASSIC],
  ['hybrid', HYBRID],
])('a group of the %s suite', (_, suite) => {
  test('lets devices in that read what follows', async () => {
    const ann = await device('ann/1', suite);
    const ben = await device('ben/1', suite);
    const created = await Group.create(TALK, ann.keys, suite);
    const commit = await created.commit([ben.data], []);
    const bens = await Group.join(commit.welcome!, ben.keys);
    const { data } = await commit.next.seal(utf8('hello'));
    const { opened } = await bens.open(data);

    expect(fromUtf8(opened.text)).toBe('hello');
    expect(opened.by).toMatchObject({ user: 'ann', device: '1' });
    expect(bens.members().map((it) => it.user)).toEqual(['ann', 'ben']);
  });

  test('is kept and goes on', async () => {
    const ann = await device('ann/1', suite);
    const ben = await device('ben/1', suite);
    const commit = await (await Group.create(TALK, ann.keys, suite)).commit([ben.data], []);
    const bens = await Group.restore((await Group.join(commit.welcome!, ben.keys)).bytes());
    const anns = await Group.restore(commit.next.bytes());
    const { data } = await bens.seal(utf8('back'));

    expect(fromUtf8((await anns.open(data)).opened.text)).toBe('back');
  });

  test('is joined from outside, and again by a device that lost its keys', async () => {
    const ann = await device('ann/1', suite);
    const first = await (await Group.create(TALK, ann.keys, suite)).commit([], []);
    const ben = await device('ben/1', suite);
    const join = await Group.joinExternally(first.groupInfo, ben.keys);
    const anns = await first.next.follow(join.data);
    expect(anns.members().map((it) => it.user)).toEqual(['ann', 'ben']);

    const again = await device('ben/1', suite);
    const rejoin = await Group.joinExternally(join.groupInfo, again.keys);
    const later = await anns.follow(rejoin.data);
    expect(later.members().map((it) => it.user)).toEqual(['ann', 'ben']);
    const { data } = await later.seal(utf8('welcome back'));
    expect(fromUtf8((await rejoin.next.open(data)).opened.text)).toBe('welcome back');
  });

  test('shuts out who was put out', async () => {
    const ann = await device('ann/1', suite);
    const ben = await device('ben/1', suite);
    const commit = await (await Group.create(TALK, ann.keys, suite)).commit([ben.data], []);
    const bens = await Group.join(commit.welcome!, ben.keys);
    const out = await commit.next.commit([], [1]);
    const { data } = await out.next.seal(utf8('secret'));
    const after = await bens.follow(out.data);

    expect(after.active).toBe(false);
    await expect(after.open(data)).rejects.toThrow();
    await expect(bens.open(data)).rejects.toThrow();
  });

  test('opens late messages of epochs that have ended', async () => {
    const ann = await device('ann/1', suite);
    const ben = await device('ben/1', suite);
    const commit = await (await Group.create(TALK, ann.keys, suite)).commit([ben.data], []);
    const bens = await Group.join(commit.welcome!, ben.keys);
    const { data } = await bens.seal(utf8('late'));
    const moved = await commit.next.commit([], []);

    expect(fromUtf8((await moved.next.open(data)).opened.text)).toBe('late');
  });
});
