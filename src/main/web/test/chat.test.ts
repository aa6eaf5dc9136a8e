import './browser';
import { expect, test } from 'vitest';
import type { Calls } from '../src/api/calls';
import { Refusal } from '../src/api/problem';
import { Chat } from '../src/model/chat';
import type { Session } from '../src/wire/forms';
import { ANN, BEN, entry, id, newStore, TALK } from './helpers';

const at = '2026-01-01T00:00:02.000Z';
const about = { pos: 2, conversation: TALK, id: id(1), by: BEN, at } as const;

test('a reaction does not undo what comes while the server is told', async () => {
  (await newStore()).close();
  const calls = {
    socketTicket: () => Promise.reject(Refusal.offline('no network')),
    react: () => chat.store.apply([edited, reaction], 2),
  };
  const edited = { t: 'edited', content: { type: 'text', text: 'better' }, ...about } as const;
  const reaction = { t: 'reaction', emoji: '👍', on: true, ...about } as const;
  const session = { userId: ANN, deviceId: 'd' } as Session;
  const chat = await Chat.open(session, calls as unknown as Calls, () => {});
  await chat.store.apply([entry(1, BEN)], 1);
  await chat.react(id(1), '👍', true);

  const message = await chat.store.message(id(1));
  const { last } = (await chat.store.conversation(TALK))!;
  chat.close();
  expect(message).toMatchObject({ content: { text: 'better' }, reactions: { '👍': [ANN, BEN] } });
  expect(last).toEqual(message);
});
