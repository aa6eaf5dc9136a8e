import { describe, expect, test } from 'vitest';
import { newOffer, readOffer, sealFor } from '../src/crypto/transfer';

const SLOT = '01m8000000000000000000000s';
const backup = {
  user: 'ann',
  letters: [
    ['tail', { letter: { content: { type: 'text', text: 'hi' } }, user: 'ben', device: '1' }],
  ] as [string, never][],
};

describe('what is sent to a new device', () => {
  test('is opened by the one that showed the code', async () => {
    const offer = await newOffer('ann', SLOT);
    const sealed = await sealFor(readOffer(` ${offer.code}\n`)!, backup);

    expect(await offer.open(sealed)).toEqual(backup);
  });

  test('is opened by no other device, and not when a bit of it was changed', async () => {
    const offer = await newOffer('ann', SLOT);
    const sealed = await sealFor(readOffer(offer.code)!, backup);
    const other = await newOffer('ann', SLOT);
    const changed = sealed.slice();
    changed[changed.length - 1]! ^= 1;

    await expect(other.open(sealed)).rejects.toMatchObject({ reason: 'not-a-backup' });
    await expect(offer.open(changed)).rejects.toMatchObject({ reason: 'not-a-backup' });
  });

  test('is not what another account sent', async () => {
    const offer = await newOffer('ann', SLOT);
    const sealed = await sealFor(readOffer(offer.code)!, { ...backup, user: 'eve' });

    await expect(offer.open(sealed)).rejects.toMatchObject({ reason: 'not-a-backup' });
  });

  test.each(['', '12345', 'parley-move:1:slot', 'parley-move:2:slot:AAAA', 'parley-move:1:s:%'])(
    'needs a code: %j is none',
    (code) => expect(readOffer(code)).toBeUndefined(),
  );
});
