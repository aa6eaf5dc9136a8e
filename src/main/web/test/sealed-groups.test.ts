import { beforeEach, describe, expect, test } from 'vitest';
import type { KeysUpload } from '../src/api/key-calls';
import { toBase64 } from '../src/crypto/bytes';
import { Device } from '../src/crypto/device';
import { packageData } from '../src/crypto/packages';
import { CLASSIC, HYBRID } from '../src/crypto/suites';
import { FakeServer, Phone } from './fake-keys';

const GROUP = 'group:01M8000000000000000000000G';

let server: FakeServer;
beforeEach(() => (server = new FakeServer()));

const open = (user: string, id = '1') => Phone.open(server, user, id);

/** A commit that nobody can follow. */
async function commitNonsense(user: string): Promise<void> {
  const data = toBase64(new Uint8Array(200));
  await server.callsOf(user, '1').commit({
    to: GROUP,
    clientId: 'broken',
    content: { type: 'sealed', protocol: 'mls', epoch: 1, kind: 'commit', data },
    groupInfo: data,
    suite: CLASSIC,
  });
}

describe('a group', () => {
  test('shuts out who was removed before the next word is said', async () => {
    server.members.set(GROUP, ['ann', 'ben', 'cem']);
    const [ann, ben, cem] = [await open('ann'), await open('ben'), await open('cem')];
    await ann.say(GROUP, 'to three');
    await Promise.all([ann.hear(), ben.hear(), cem.hear()]);
    server.members.set(GROUP, ['ann', 'ben']);
    server.post(GROUP, 'ann', { type: 'member-removed', member: 'cem' });
    await ben.hear();
    await ben.say(GROUP, 'to two');
    await Promise.all([ann.hear(), ben.hear(), cem.hear()]);

    expect((await ann.reads(GROUP)).at(-1)).toBe('to two');
    expect((await cem.reads(GROUP)).at(-1)).toBeUndefined();
  });

  test('lets in who was added', async () => {
    server.members.set(GROUP, ['ann', 'ben']);
    const [ann, ben] = [await open('ann'), await open('ben')];
    await ann.say(GROUP, 'to two');
    await ben.hear();
    const cem = await open('cem');
    server.members.set(GROUP, ['ann', 'ben', 'cem']);
    server.post(GROUP, 'ann', { type: 'members-added', members: ['cem'] });
    await ann.hear();
    await ann.say(GROUP, 'to three');
    await Promise.all([ben.hear(), cem.hear()]);

    expect((await cem.reads(GROUP)).at(-1)).toBe('to three');
    expect(cem.server.groups.get(GROUP)!.epoch).toBe(2);
  });

  test('of more devices than hybrid keys are good for has the classic suite', async () => {
    const users = Array.from({ length: 26 }, (_, n) => `user${n}`);
    server.members.set(GROUP, users);
    const phones: Phone[] = [];
    for (const user of users) phones.push(await open(user));
    await phones[0]!.say(GROUP, 'to all');
    await phones[25]!.hear();
    await phones[25]!.say(GROUP, 'from the last');
    await phones[1]!.hear();

    expect(server.groups.get(GROUP)).toMatchObject({ suite: CLASSIC, epoch: 2 });
    expect(await phones[1]!.reads(GROUP)).toEqual(['to all', 'from the last']);
  }, 60_000);

  test('goes on when several commit at once', async () => {
    server.members.set(GROUP, ['ann', 'ben', 'cem']);
    const phones = [await open('ann'), await open('ben'), await open('cem')];
    await phones[0]!.say(GROUP, 'begin');
    for (const phone of phones) await phone.hear();
    server.signIn('dan', '1');
    server.signOut('cem', '1');
    server.members.set(GROUP, ['ann', 'ben']);
    for (const phone of phones) phone.time += 600_000;
    server.beforeCommit = async () => void (await phones[1]!.say(GROUP, 'from ben'));
    await phones[0]!.say(GROUP, 'from ann');
    for (const phone of phones) await phone.hear();

    expect((await phones[0]!.reads(GROUP)).slice(-2)).toEqual(['from ben', 'from ann']);
    expect((await phones[1]!.reads(GROUP)).slice(-2)).toEqual(['from ben', 'from ann']);
    expect((await phones[2]!.reads(GROUP)).slice(-2)).toEqual([undefined, undefined]);
  });

  test('begins anew where a commit was taken that nobody can follow', async () => {
    server.members.set(GROUP, ['ann', 'ben', 'cem']);
    const [ann, ben, cem] = [await open('ann'), await open('ben'), await open('cem')];
    await ann.say(GROUP, 'before');
    for (const phone of [ann, ben, cem]) await phone.hear();
    await commitNonsense('cem');
    for (const phone of [ann, ben, cem]) await phone.hear();
    await ben.say(GROUP, 'anew');
    for (const phone of [ann, ben, cem]) await phone.hear();
    await ann.say(GROUP, 'together again');
    await cem.say(GROUP, 'sorry');
    for (const phone of [ann, ben, cem]) await phone.hear();

    const said = ['before', undefined, 'anew', 'together again', 'sorry'];
    for (const phone of [ann, ben, cem]) expect(await phone.reads(GROUP)).toEqual(said);
    const notices = await ann.store.messages(server.messages.map(({ id }) => id));
    expect(notices.filter(({ content }) => content.type === 'encryption-restarted')).toMatchObject([
      { from: 'ben', read: true },
    ]);
    expect(server.groups.get(GROUP)!.commits.map(({ kind }) => kind)).toEqual([
      'commit',
      'commit',
      'restart',
    ]);
  });

  test('that began anew lets a new device in, and is begun anew once by all', async () => {
    server.members.set(GROUP, ['ann', 'ben']);
    const [ann, ben] = [await open('ann'), await open('ben')];
    await ann.say(GROUP, 'before');
    for (const phone of [ann, ben]) await phone.hear();
    await commitNonsense('ben');
    for (const phone of [ann, ben]) await phone.hear();
    server.beforeCommit = async () => void (await ben.say(GROUP, 'from ben'));
    await ann.say(GROUP, 'from ann');
    const desk = await open('ben', '2');
    await desk.hear();
    await desk.say(GROUP, 'from the desk');
    for (const phone of [ann, ben]) await phone.hear();

    expect((await ann.reads(GROUP)).slice(-3)).toEqual(['from ben', 'from ann', 'from the desk']);
    expect((await ben.reads(GROUP)).slice(-3)).toEqual(['from ben', 'from ann', 'from the desk']);
    const kinds = server.groups.get(GROUP)!.commits.map(({ kind }) => kind);
    expect(kinds.filter((it) => it === 'restart')).toHaveLength(1);
  });

  test('goes on with a device whose key packages are of no use, which joins from outside', async () => {
    server.members.set(GROUP, ['ann', 'ben', 'cem']);
    const [ann, ben, cem] = [await open('ann'), await open('ben'), await open('cem')];
    const bens = server.devices.get('ben')!.get('1')!;
    for (const it of [...bens.stock, ...bens.last]) it.data = toBase64(new Uint8Array(200));
    await ann.say(GROUP, 'to those who can read it');
    for (const phone of [ann, ben, cem]) await phone.hear();
    await cem.say(GROUP, 'to all');
    for (const phone of [ann, ben]) await phone.hear();

    expect((await cem.reads(GROUP))[0]).toBe('to those who can read it');
    expect((await ben.reads(GROUP)).at(-1)).toBe('to all');
  });

  test('is followed by a device that was away for 200 epochs', async () => {
    server.members.set(GROUP, ['ann', 'ben']);
    const [ann, ben] = [await open('ann'), await open('ben')];
    await ann.say(GROUP, 'begin');
    await ben.hear();
    for (let n = 0; n < 100; n++) {
      server.signIn('ann', 'short');
      await server.callsOf('ann', 'short').putKeys(await shortLived('ann'));
      ann.time += 600_000;
      await ann.engine.tend(GROUP);
      server.signOut('ann', 'short');
      ann.time += 600_000;
      await ann.engine.tend(GROUP);
    }
    await ann.say(GROUP, 'are you there?');
    expect(server.groups.get(GROUP)!.epoch).toBeGreaterThan(200);
    await ben.hear();

    expect((await ben.reads(GROUP)).at(-1)).toBe('are you there?');
  }, 60_000);
});

/** Keys for a device that is there for a moment only. */
async function shortLived(user: string): Promise<KeysUpload> {
  const keys = {
    secret: () => Promise.resolve(undefined),
    keepSecret: () => Promise.resolve(),
  };
  const device = await Device.open(keys as never, user, 'short');
  const { publicPackage } = await device.newKeyPair(HYBRID);
  return {
    signatureKeys: { [HYBRID]: toBase64(device.key) },
    keyPackages: [{ suite: HYBRID, data: packageData(publicPackage) }],
  };
}
