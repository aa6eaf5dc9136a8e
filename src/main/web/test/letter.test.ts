import { expect, test } from 'vitest';
import { isLetter } from '../src/crypto/letter';

const text = { type: 'text', text: 'hello' };
const opens = { key: 'a2V5', hash: 'aGFzaA==' };

test.each([
  { content: text },
  { content: text, replyTo: 'm1', mentions: ['ann'], edits: 'm0' },
  { content: { type: 'reaction', messageId: 'm1', emoji: '👍', on: true, at: 1 } },
  { content: { type: 'media', kind: 'audio', mediaId: 'f', opens, waveform: [0, 100] } },
  { content: { type: 'media', previews: { 320: { mediaId: 'p', opens } } } },
  { content: { type: 'poll', answers: [{ text: 'of a later version' }] } },
])('a letter is %j', (letter) => {
  expect(isLetter(letter)).toBe(true);
});

test.each([
  null,
  'hello',
  {},
  { content: null },
  { content: { text: 'hello' } },
  { content: { type: 5 } },
  { content: { type: 'text', text: 5 } },
  { content: { type: 'text', title: {} } },
  { content: { type: 'media', waveform: 5 } },
  { content: { type: 'media', waveform: ['loud'] } },
  { content: { type: 'media', width: '100' } },
  { content: { type: 'media', opens: 'key' } },
  { content: { type: 'media', previews: null } },
  { content: { type: 'media', previews: { 320: null } } },
  { content: { type: 'media', previews: { 320: { mediaId: 'p' } } } },
  { content: text, mentions: {} },
  { content: text, mentions: [5] },
  { content: text, replyTo: 5 },
  { content: text, edits: null },
  { content: { type: 'role-changed', member: 'ann', role: 'owner' } },
])('no letter is %j', (letter) => {
  expect(isLetter(letter)).toBe(false);
});
