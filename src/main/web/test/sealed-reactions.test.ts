import { beforeEach, describe, expect, test } from 'vitest';
import type { Content, MessageId, Reactions } from '../src/wire/forms';
import type { SealedContent } from '../src/wire/sealed';
import { FakeServer, Phone } from './fake-keys';

const TALK = 'direct:ann:ben';

let server: FakeServer;
let ann: Phone;
let ben: Phone;
/** What ann said. */
let said: MessageId;

beforeEach(async () => {
  server = new FakeServer();
  [ann, ben] = [await Phone.open(server, 'ann', '1'), await Phone.open(server, 'ben', '1')];
  await ann.say(TALK, 'hello');
  await Promise.all([ann.hear(), ben.hear()]);
  said = server.messages.at(-1)!.id;
});

const reaction = (emoji: string, on = true, at = 1, messageId = said): Content => ({
  type: 'reaction',
  messageId,
  emoji,
  on,
  at,
});

async function seenBy(phone: Phone): Promise<Reactions | undefined> {
  return (await phone.store.message(said))?.reactions;
}

/** As the app does. */
async function react(phone: Phone, emoji: string, on = true): Promise<SealedContent> {
  const message = (await phone.store.message(said))!;
  const { at } = await phone.store.react(message, emoji, on);
  return (await phone.say(TALK, reaction(emoji, on, at))) as SealedContent;
}

describe('what somebody thinks of a sealed message', () => {
  test('is sealed, and shown there on both sides', async () => {
    const content = await react(ben, '👍');
    expect(await seenBy(ben)).toEqual({ '👍': ['ben'] });
    await Promise.all([ann.hear(), ben.hear()]);

    expect(content.kind).toBe('reaction');
    expect(JSON.stringify(server.messages)).not.toMatch(/👍|"emoji"/);
    expect(await seenBy(ann)).toEqual({ '👍': ['ben'] });
    expect(await ben.store.drafts()).toEqual([]);
  });

  test('is no message: not unread, not the last one, and in no list of messages', async () => {
    await ann.store.read(TALK, said);
    await react(ben, '👍');
    await ann.hear();
    const conversation = (await ann.store.conversation(TALK))!;

    expect(conversation.unread).toBe(0);
    expect(conversation.last?.id).toBe(said);
    expect(conversation.last?.reactions).toEqual({ '👍': ['ben'] });
    const all = await ann.store.before(conversation, '~', 100);
    expect(all.map((it) => it.id)).toEqual([said]);
  });

  test('can be taken back, and stays so whatever comes late', async () => {
    await react(ben, '👍');
    await react(ben, '👍', false);
    await ann.hear();
    expect(await seenBy(ann)).toEqual({});

    await ben.say(TALK, reaction('👍', true, 1));
    await ann.hear();
    expect(await seenBy(ann)).toEqual({});
  });

  test('is there on a device that reads the message only later, from history', async () => {
    await react(ben, '❤️');
    await ann.hear();
    await ann.store.restart([], 9);
    const messages = [...server.messages].reverse();
    await ann.store.keepHistory(TALK, { messages });

    expect(await seenBy(ann)).toEqual({ '❤️': ['ben'] });
  });

  test('is found in pages of the past whichever is read first', async () => {
    await react(ben, '❤️');
    await ann.engine.open([server.messages.at(-1)!], (keys) => ann.store.keys.write(keys));
    await ann.store.restart([], 9);
    await ann.store.keepHistory(TALK, { messages: [server.messages.at(-1)!], next: said });
    await ann.store.keepHistory(TALK, { messages: server.messages.slice(0, -1).reverse() });

    expect(await seenBy(ann)).toEqual({ '❤️': ['ben'] });
  });

  test('stands beside what the server knows', async () => {
    await react(ben, '👍');
    await ann.hear();
    const message = server.messages.find((it) => it.id === said)!;
    await ann.store.putMessage({ ...message, reactions: { '🎉': ['ben'] } });

    expect(await seenBy(ann)).toEqual({ '🎉': ['ben'], '👍': ['ben'] });
  });

  test('comes along in a backup', async () => {
    await react(ben, '👍');
    await ann.hear();
    const other = await Phone.open(server, 'ann', '2');
    await other.hear();
    await other.store.keys.takeLetters(await ann.store.keys.letters());

    expect(await seenBy(other)).toEqual({ '👍': ['ben'] });
  });

  test('is not taken from another conversation, nor when it is no emoji', async () => {
    server.members.set('group:crew', ['ann', 'ben']);
    server.members.set(TALK, ['ann', 'ben']);
    await ben.say('group:crew', reaction('👎', true, 5));
    await ben.say(TALK, reaction('x'.repeat(65), true, 6));
    await ben.say(TALK, { ...reaction('👍'), messageId: undefined });
    await ann.hear();

    expect(await seenBy(ann)).toBeUndefined();
  });

  test('of a message that is gone is nothing', async () => {
    const deletion = { t: 'deleted', pos: 9, conversation: TALK, id: said, by: 'ann', at: '' };
    await ann.store.apply([deletion as never], 9);
    await react(ben, '👍');
    await ann.hear();

    expect(await seenBy(ann)).toBeUndefined();
  });
});
