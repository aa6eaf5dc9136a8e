import type { Draft } from '../../store/database';
import type { Message, MessageId } from '../../wire/forms';
import { isNotice } from '../../store/notice';
import { pieceOf, pieceOfDraft, type Piece } from './media/piece';

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
  | { kind: 'draft'; key: string; draft: Draft; opens: boolean; closes: boolean }
  | { kind: 'album'; key: string; pieces: Piece[]; opens: boolean; closes: boolean };

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

export function rowsOf({ messages, me, head, readUpTo, ...parts }: Parts): Row[] {
  const drafts = stillDrafts(parts.drafts, messages);
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
  return withAlbums(rows, me);
}

/** Pictures and videos of one sender that follow each other become one row. */
function withAlbums(rows: readonly Row[], me: string): Row[] {
  const all: Row[] = [];
  for (const row of rows) {
    const before = all.at(-1);
    const piece = pieceFor(row, me);
    const first = before && pieceFor(before, me);
    if (!piece || !('opens' in row) || row.opens) all.push(row);
    else if (before?.kind === 'album') {
      before.pieces.push(piece);
      before.closes = row.closes;
    } else if (first && before && 'opens' in before) {
      const { opens } = before;
      const pieces = [first, piece];
      all[all.length - 1] = { kind: 'album', key: first.key, pieces, opens, closes: row.closes };
    } else all.push(row);
  }
  return all;
}

/** What it would be in an album; what has words with it, or could not be sent, stands alone. */
function pieceFor(row: Row, me: string): Piece | undefined {
  if (row.kind !== 'message' && row.kind !== 'draft') return undefined;
  if (row.kind === 'draft' && row.draft.refused !== undefined) return undefined;
  const { content, replyTo } = row.kind === 'message' ? row.message : row.draft;
  const seen = content.kind === 'image' || content.kind === 'video';
  if (content.type !== 'media' || !seen || content.caption || replyTo) return undefined;
  return row.kind === 'message' ? pieceOf(row.message) : pieceOfDraft(row.draft, me);
}

/** The newest message in it that the server has. */
export function messageIn(row: Row): Message | undefined {
  if (row.kind === 'album') return row.pieces.findLast((piece) => piece.message)?.message;
  return 'message' in row ? row.message : undefined;
}

/** The row that has the message of that key in it. */
export function keyWith(rows: readonly Row[], key: string): string {
  const album = rows.find(
    (row) => row.kind === 'album' && row.pieces.some((piece) => piece.key === key),
  );
  return album?.key ?? key;
}

/** For a moment what was sent is both: a message already, and a draft still. */
function stillDrafts(drafts: readonly Draft[], messages: readonly Message[]): readonly Draft[] {
  if (drafts.length === 0) return drafts;
  const sent = new Set(messages.map((message) => message.clientId));
  return drafts.filter((draft) => !sent.has(draft.clientId));
}

/** One's own keeps the key that it had as a draft, and so its place. */
function keyOf(message: Message): string {
  return message.clientId ?? message.id;
}

/** Names the local day, to tell days apart. */
function dayKey(at: string): string {
  const minute = at.slice(0, 16);
  const known = days.get(minute);
  if (known) return known;
  const day = new Date(at).toDateString();
  days.set(minute, day);
  return day;
}

/** By minute, since days do not change within one, wherever one is. */
const days = new Map<string, string>();

function together(before: Message | undefined, message: Message): boolean {
  if (!before || before.from !== message.from || isNotice(before.content)) return false;
  const apartMs = Date.parse(message.sentAt) - Date.parse(before.sentAt);
  return apartMs < TOGETHER_MS && dayKey(before.sentAt) === dayKey(message.sentAt);
}
