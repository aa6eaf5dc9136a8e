import type { Draft } from '../../store/database';
import type { Message, MessageId } from '../../wire/forms';
import { dayKey } from '../../i18n/dates';
import { isNotice } from '../../model/preview';

/** Messages of the same sender within so long belong together. */
const TOGETHER_MS = 5 * 60 * 1000;

/** One row of a conversation. */
export type Row =
  | { kind: 'start'; key: string }
  | { kind: 'loading'; key: string }
  | { kind: 'failure'; key: string }
  | { kind: 'day'; key: string; at: string }
  | { kind: 'unread'; key: string }
  | { kind: 'notice'; key: string; message: Message }
  | { kind: 'message'; key: string; message: Message; opens: boolean; closes: boolean }
  | { kind: 'draft'; key: string; draft: Draft; opens: boolean; closes: boolean };

export const UNREAD_KEY = 'unread';

interface Parts {
  messages: readonly Message[];
  drafts: readonly Draft[];
  me: string;
  /** What stands above the oldest message. */
  head: 'start' | 'loading' | 'failure';
  /** All after it is new to the reader. */
  readUpTo?: MessageId;
}

export function rowsOf({ messages, drafts, me, head, readUpTo }: Parts): Row[] {
  const rows: Row[] = [{ kind: head, key: 'head' }];
  let separated = readUpTo === undefined;
  messages.forEach((message, index) => {
    const before = messages[index - 1];
    const after = messages[index + 1];
    const newDay = !before || dayKey(before.sentAt) !== dayKey(message.sentAt);
    if (newDay)
      rows.push({ kind: 'day', key: `day ${dayKey(message.sentAt)}`, at: message.sentAt });
    const isNews = message.from !== me && !!readUpTo && message.id > readUpTo;
    const separates = !separated && isNews;
    if (separates) {
      separated = true;
      rows.push({ kind: 'unread', key: UNREAD_KEY });
    }
    if (isNotice(message.content)) {
      rows.push({ kind: 'notice', key: message.id, message });
      return;
    }
    const opens = newDay || separates || !together(before, message);
    const closes = after ? !together(message, after) : !(drafts[0] && message.from === me);
    rows.push({ kind: 'message', key: keyOf(message), message, opens, closes });
  });
  drafts.forEach((draft, index) => {
    const opens = index === 0 && messages.at(-1)?.from !== me;
    const closes = index === drafts.length - 1;
    rows.push({ kind: 'draft', key: draft.clientId, draft, opens, closes });
  });
  return rows;
}

/** One's own keeps the key that it had as a draft, and so its place. */
function keyOf(message: Message): string {
  return message.clientId ?? message.id;
}

function together(before: Message | undefined, message: Message): boolean {
  if (!before || before.from !== message.from || isNotice(before.content)) return false;
  const apartMs = Date.parse(message.sentAt) - Date.parse(before.sentAt);
  return apartMs < TOGETHER_MS && dayKey(before.sentAt) === dayKey(message.sentAt);
}
