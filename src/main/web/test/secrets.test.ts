import { describe, expect, test } from 'vitest';
import { openBackup, sealBackup } from '../src/crypto/backup';
import { fingerprintOf, safetyNumber } from '../src/crypto/safety';

describe('a safety number', () => {
  const key = (n: number) => new Uint8Array(32).fill(n);

  test('is the same for both, whatever the order of the keys', async () => {
    const [ann, again] = [
      await fingerprintOf('ann', [key(1), key(2)]),
      await fingerprintOf('ann', [key(2), key(1)]),
    ];
    const ben = await fingerprintOf('ben', [key(3)]);

    expect(ann).toBe(again);
    expect(safetyNumber(ann, ben)).toBe(safetyNumber(ben, ann));
    expect(safetyNumber(ann, ben)).toMatch(/^\d{60}$/);
  });

  test('is another one for another key, or another user', async () => {
    const ann = await fingerprintOf('ann', [key(1)]);
    expect(await fingerprintOf('ann', [key(2)])).not.toBe(ann);
    expect(await fingerprintOf('ben', [key(1)])).not.toBe(ann);
  });
});

describe('a backup', () => {
  const letter = { letter: { content: { type: 'text', text: 'hello' } }, user: 'ben', device: '1' };
  const backup = { user: 'ann', letters: [['tail', letter] as [string, typeof letter]] };

  test('gives back what was in it to who has the passphrase', async () => {
    const file = await sealBackup(backup, 'correct horse battery');
    expect(new TextDecoder().decode(file)).not.toContain('hello');
    expect(await openBackup(file, 'correct horse battery', 'ann')).toEqual(backup);
  });

  test('is refused with another passphrase, for another user, and when it is none', async () => {
    const file = await sealBackup(backup, 'correct horse battery');
    const reason = (reason: string) => ({ reason });
    await expect(openBackup(file, 'wrong', 'ann')).rejects.toMatchObject(
      reason('wrong-passphrase'),
    );
    await expect(openBackup(file, 'correct horse battery', 'ben')).rejects.toMatchObject(
      reason('other-user'),
    );
    await expect(openBackup(new Uint8Array(200), 'x', 'ann')).rejects.toMatchObject(
      reason('not-a-backup'),
    );
  });
});
