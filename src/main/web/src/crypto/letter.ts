import { isNotice } from '../store/notice';
import type { Content, GroupRules } from '../wire/forms';
import type { FileKey, SealedPart } from '../wire/media';
import type { Letter } from '../wire/sealed';

type Check = (value: unknown) => boolean;

/** One for each field, so that none is forgotten. */
type Checks<T> = { [field in keyof T]-?: Check };

const text: Check = (value) => typeof value === 'string';
const flag: Check = (value) => typeof value === 'boolean';
const number: Check = Number.isFinite;

const list =
  (item: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(item);

const record =
  (item: Check): Check =>
  (value) =>
    isObject(value) && Object.values(value).every(item);

/** All but the needed fields may be absent, and there may be others. */
const form =
  <T>(needed: (keyof T)[], checks: Checks<T>): Check =>
  (value) =>
    isObject(value) &&
    needed.every((field) => field in value) &&
    Object.entries<Check>(checks).every(
      ([field, check]) => !(field in value) || check(value[field]),
    );

function isObject(value: unknown): value is Record<PropertyKey, unknown> {
  return typeof value === 'object' && value !== null;
}

const fileKey = form<FileKey>(['key', 'hash'], { key: text, hash: text });
const part = form<SealedPart>(['mediaId', 'opens'], { mediaId: text, opens: fileKey });
const rules = form<GroupRules>([], { post: text, add: text, edit: text });

const content = form<Content>(['type'], {
  type: text,
  text,
  title: text,
  description: text,
  members: list(text),
  count: number,
  member: text,
  role: text,
  rules,
  mediaId: text,
  kind: text,
  mime: text,
  size: number,
  name: text,
  width: number,
  height: number,
  durationMs: number,
  placeholder: text,
  waveform: list(number),
  caption: text,
  messageId: text,
  emoji: text,
  on: flag,
  at: number,
  opens: fileKey,
  previews: record(part),
});

const letter = form<Letter>(['content'], {
  content,
  replyTo: text,
  mentions: list(text),
  edits: text,
});

/** Whether it is one, whose sender could have sealed anything. Notices are the server's to give. */
export function isLetter(value: unknown): value is Letter {
  return letter(value) && !isNotice((value as Letter).content);
}
