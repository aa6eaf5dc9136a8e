import { beforeEach, expect, test } from 'vitest';
import type { Store } from '../src/store/store';
import type { Content, Message } from '../src/wire/forms';
import { FakeServer, Phone } from './fake-keys';
import { BEN, entry, id, newStore, TALK } from './helpers';

const at = '2030-01-01T00:00:00.000Z';

let server: FakeServer;
let ann: Phone;
let ben: Phone;

beforeEach(async () => {
  server = new FakeServer();
  [ann, ben] = [await Phone.open(server, 'ann', '1'), await Phone.open(server, 'ben', '1')];
});

/** What can still be read of what was sealed. */
async function readable({ store }: Phone): Promise<(string | undefined)[]> {
  return (await store.keys.letters()).map(([, { letter }]) => letter.content.text);
}

async function hear(message: Message): Promise<void> {
  for (const { store } of [ann, ben]) {
    const { conversation, from: by } = message;
    await store.apply([{ t: 'deleted', pos: 9, conversation, id: message.id, by, at }], 9);
  }
}

/** Says it; the answer is the message. */
async function say(text: string): Promise<Message> {
  await ann.say(TALK, text);
  await Promise.all([ann.hear(), ben.hear()]);
  return server.messages.at(-1)!;
}

test('of a deleted message no device keeps what was sealed', async () => {
  const first = await say('first');
  await say('second');
  await hear(first);

  expect(await readable(ann)).toEqual(['second']);
  expect(await readable(ben)).toEqual(['second']);
});

test('of a deleted message no earlier text is kept either', async () => {
  const said = await say('first');
  const content = await ann.engine.sealEdit(said, { type: 'text', text: 'better' });
  const incoming = { conversation: TALK, from: 'ann', content };
  await ben.engine.open([incoming], (keys) => ben.store.keys.write(keys));
  expect((await readable(ben)).sort()).toEqual(['better', 'first']);
  await hear(said);

  expect([await readable(ann), await readable(ben)]).toEqual([[], []]);
});

test('what this device sent is known by the id that it got', async () => {
  const { draft } = await ann.seal(TALK, 'hello');
  const sent = { t: 'sent', pos: 2, ref: draft.clientId, id: id(2) } as const;
  await ann.store.apply([{ ...sent, conversation: TALK, sentAt: at }], 2);
  const gone: Content = { type: 'deleted' };
  const message = (await ann.store.message(id(2)))!;
  await ann.store.putMessage({ ...message, content: gone, deleted: true });

  expect(await readable(ann)).toEqual([]);
});

test('a message that is found deleted in the past is forgotten, too', async () => {
  const said = await say('hello');
  const gone = { ...said, content: { type: 'deleted' }, deleted: true };
  await ben.store.keepHistory(TALK, { messages: [gone] });

  expect(await readable(ben)).toEqual([]);
});

test('a backup does not bring back what was deleted since', async () => {
  const said = await say('hello');
  const letters = await ben.store.keys.letters();
  await hear(said);
  await ben.store.keys.takeLetters(letters);

  expect(await readable(ben)).toEqual([]);
});

test('of the files of a deleted message nothing is kept', async () => {
  const store: Store = await newStore();
  const content = { type: 'media', kind: 'image' as const, mediaId: 'm' };
  await store.apply([entry(1, BEN, { content })], 1);
  for (const [file, size] of [
    ['m', '320'],
    ['m', 'original'],
    ['m2', '320'],
  ] as const) {
    await store.media.put(file, size, new Blob(['bytes']));
  }
  await store.apply([{ t: 'deleted', pos: 2, conversation: TALK, id: id(1), by: BEN, at }], 2);

  expect(await store.media.get('m', '320')).toBeUndefined();
  expect(await store.media.get('m', 'original')).toBeUndefined();
  expect(await store.media.get('m2', '320')).toBeDefined();
});
