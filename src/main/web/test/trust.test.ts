import { beforeEach, describe, expect, test } from 'vitest';
import { FakeServer, Phone } from './fake-keys';

const TALK = 'direct:ann:ben';

let server: FakeServer;
beforeEach(() => (server = new FakeServer()));

const open = (user: string, id = '1') => Phone.open(server, user, id);

describe('trust', () => {
  test('is a number that both see, until a device comes', async () => {
    const [ann, ben] = [await open('ann'), await open('ben')];
    await ann.say(TALK, 'hello');
    await ben.hear();
    const [anns, bens] = [await ann.trust.safety(TALK, 'ben'), await ben.trust.safety(TALK, 'ann')];
    expect(anns!.number).toBe(bens!.number);
    await ann.trust.verify('ben', anns!.theirs);

    await (await open('ben', '2')).engine.join(TALK);
    await ann.hear();
    const after = (await ann.trust.safety(TALK, 'ben'))!;
    expect(after.number).not.toBe(anns!.number);
    expect((await ann.store.keys.identity('ben'))!.verified).not.toBe(after.theirs);
  });

  test('is lost when a key is used that its owner cannot see in the log', async () => {
    const ann = await open('ann');
    await open('ben');
    await ann.say(TALK, 'hello');
    expect((await ann.trust.check('ben')).alarm).toBeUndefined();
    const known = (await ann.store.keys.identity('ben'))!;
    await ann.store.keys.keepIdentity({ ...known, keys: { ...known.keys, ghost: 'AAAA' } });

    expect((await ann.trust.check('ben')).alarm).toBe('not-logged');
    await expect(ann.seal(TALK, 'more')).rejects.toMatchObject({ code: 'identity-changed' });
  });

  test('in the server is lost when it shows another key for this device', async () => {
    const ann = await open('ann');
    expect((await ann.trust.checkOwn()).alarm).toBeUndefined();
    const calls = server.callsOf('ann', '1');
    const other = { '1': 'AAAA', '83': 'AAAA' };
    await calls.putKeys({ signatureKeys: other, keyPackages: [] });

    expect((await ann.trust.checkOwn()).alarm).toBe('stranger');
  });
});
