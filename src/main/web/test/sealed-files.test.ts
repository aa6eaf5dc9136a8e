import { beforeEach, describe, expect, test } from 'vitest';
import { equal, fromBase64, toBase64 } from '../src/crypto/bytes';
import { newFileKey, openFile, PIECE_BYTES, sealFile } from '../src/crypto/files';
import { partOf } from '../src/media/parts';
import type { Content } from '../src/wire/forms';
import { filesOf, unsent } from '../src/wire/media';
import type { SealedContent } from '../src/wire/sealed';
import { FakeServer, Phone } from './fake-keys';

const DAMAGED = { code: 'file-damaged', retryable: false };
const SEALED_PIECE = PIECE_BYTES + 16;

function noise(size: number): Blob {
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; at++) bytes[at] = (at * 31 + (at >> 8)) & 255;
  return new Blob([bytes]);
}

async function bytesOf(blob: Blob): Promise<Uint8Array> {
  return new Uint8Array(await blob.arrayBuffer());
}

describe('a sealed file', () => {
  test('is opened by its key alone', async () => {
    const { sealed, opens } = await sealFile(new Blob(['a picture']));
    const other = await sealFile(new Blob(['another']));

    expect(await sealed.text()).not.toContain('picture');
    expect(await (await openFile(sealed, opens)).text()).toBe('a picture');
    await expect(openFile(other.sealed, opens)).rejects.toMatchObject(DAMAGED);
    const wrong = { ...opens, key: other.opens.key };
    await expect(openFile(sealed, wrong)).rejects.toMatchObject(DAMAGED);
  });

  test.each([0, 1, PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1, 2 * PIECE_BYTES])(
    'of %i bytes comes back as it was',
    async (size) => {
      const file = noise(size);
      const { sealed, opens } = await sealFile(file);

      expect(sealed.size).toBe(size + 16 * Math.max(1, Math.ceil(size / PIECE_BYTES)));
      const opened = await openFile(sealed, opens, 'image/png');
      expect(opened.type).toBe('image/png');
      // Comparing arrays of numbers with toEqual takes seconds.
      expect(equal(await bytesOf(opened), await bytesOf(file))).toBe(true);
    },
  );

  test('is sealed to the same bytes by the same key, so that an upload can go on', async () => {
    const [file, key] = [noise(5_000), newFileKey()];
    const [once, again] = [await sealFile(file, key), await sealFile(file, key)];

    expect(await bytesOf(once.sealed)).toEqual(await bytesOf(again.sealed));
    expect(once.opens).toEqual(again.opens);
    expect((await sealFile(file)).opens.key).not.toBe(key);
    expect(fromBase64(key)).toHaveLength(32);
  });

  test('is the same to all clients', async () => {
    const key = toBase64(Uint8Array.from({ length: 32 }, (_, index) => index));
    const { opens } = await sealFile(new Blob(['a'.repeat(PIECE_BYTES + 5)]), key);

    // As another implementation has it: SealedFileTest.
    expect(opens.hash).toBe('5opsqhJ0R5QRYldxR2bA4nG2oZ4CWxC5BXZ7aIuaZJk=');
  });

  test('that is changed, cut, longer, or in another order is refused', async () => {
    const { sealed, opens } = await sealFile(noise(2 * PIECE_BYTES + 5));
    const first = sealed.slice(0, SEALED_PIECE);
    const second = sealed.slice(SEALED_PIECE, 2 * SEALED_PIECE);
    const last = sealed.slice(2 * SEALED_PIECE);
    const flipped = await bytesOf(sealed);
    flipped[SEALED_PIECE + 7]! ^= 1;
    const damaged = [
      new Blob([flipped as Uint8Array<ArrayBuffer>]),
      new Blob([first, second]),
      new Blob([second, first, last]),
      new Blob([first, first, second, last]),
      new Blob([sealed, 'x']),
      new Blob([]),
    ];

    for (const blob of damaged) await expect(openFile(blob, opens)).rejects.toMatchObject(DAMAGED);
  });

  test('is bound to its message by its hash too, whoever has the key', async () => {
    const key = newFileKey();
    const [mine, yours] = [
      await sealFile(new Blob(['mine']), key),
      await sealFile(new Blob(['your']), key),
    ];

    await expect(openFile(yours.sealed, mine.opens)).rejects.toMatchObject(DAMAGED);
  });
});

const opens = { key: 'a', hash: 'b' };
const preview = (mediaId: string) => ({ mediaId, opens });
const picture: Content = {
  type: 'media',
  kind: 'image',
  mime: 'image/jpeg',
  size: 9,
  mediaId: 'whole',
  opens,
  previews: { 320: preview('small'), 800: preview('medium') },
};

describe('of a sealed picture', () => {
  const shown = (content: Content, size: Parameters<typeof partOf>[1]) =>
    partOf(content, size)?.mediaId;

  test('the size that is asked for is found, or the next larger one', () => {
    expect(shown(picture, '128')).toBe('small');
    expect(shown(picture, '320')).toBe('small');
    expect(shown(picture, '800')).toBe('medium');
    expect(shown(picture, 'original')).toBe('whole');
    const tiny = { ...picture, previews: {} };
    expect(shown(tiny, '320')).toBe('whole');
    expect(shown({ ...picture, kind: 'video', previews: {} }, '800')).toBeUndefined();
  });

  test('the browser is told no type that it would run', () => {
    const mime = (mime: string) => partOf({ ...picture, mime }, 'original')!.mime;

    expect(mime('image/webp')).toBe('image/webp');
    expect(mime('audio/webm;codecs=opus')).toBe('audio/webm');
    for (const it of ['text/html', 'image/svg+xml', '', 'application/xhtml+xml']) {
      expect(mime(it)).toBe('application/octet-stream');
    }
  });

  test('all files are known, and none is once it has to be sent anew', () => {
    expect(filesOf(picture)).toEqual(['whole', 'small', 'medium']);
    expect(unsent(picture)).toEqual({
      type: 'media',
      kind: 'image',
      mime: 'image/jpeg',
      size: 9,
    });
  });
});

describe('in an encrypted chat', () => {
  const TALK = 'direct:ann:ben';
  let server: FakeServer;
  beforeEach(() => (server = new FakeServer()));

  test('the server sees which files a message brings, and nothing else of them', async () => {
    const [ann, ben] = [await Phone.open(server, 'ann', '1'), await Phone.open(server, 'ben', '1')];
    const said = { ...picture, caption: 'Under the bridge', name: 'bridge.jpg' };
    const content = (await ann.say(TALK, said)) as SealedContent;
    await ben.hear();

    expect(content.media).toEqual(['whole', 'small', 'medium']);
    expect(JSON.stringify(content)).not.toMatch(/bridge|jpeg|key"/);
    const [message] = await ben.store.messages([server.messages.at(-1)!.id]);
    expect(message!.content).toEqual(said);
    expect(message!.sealed).toBe(true);
  });

  test('a file that was not sealed is never sent, and one that was goes on to another chat', async () => {
    const ann = await Phone.open(server, 'ann', '1');
    await Phone.open(server, 'ben', '1');
    await Phone.open(server, 'cy', '1');
    const bare = { ...picture, opens: undefined, previews: undefined };

    await expect(ann.seal(TALK, bare)).rejects.toMatchObject({ code: 'pack-again' });
    const forwarded = (await ann.say('direct:ann:cy', picture)) as SealedContent;
    expect(forwarded.media).toEqual(['whole', 'small', 'medium']);
  });
});
