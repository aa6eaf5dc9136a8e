import type { RefObject } from 'preact';
import { useMemo, useRef, useState } from 'preact/hooks';
import { day } from '../../i18n/dates';
import { t } from '../../i18n/texts';
import type { Chat } from '../../model/chat';
import { preview } from '../../model/preview';
import type { Thread } from '../../model/thread';
import type { Conversation, Draft } from '../../store/database';
import { VirtualList, type ListHandle } from '../../ui/VirtualList';
import type { MessageId } from '../../wire/forms';
import { Bubble, DraftBubble, type BubbleActions } from './Bubble';
import { AlbumBubble } from './media/AlbumBubble';
import { keyWith, messageIn, rowsOf, UNREAD_KEY, type Row } from './rows';

/** What a row is taken for until it has been measured. */
const ROW_PX = 48;

interface Props {
  chat: Chat;
  conversation: Conversation;
  thread: Thread;
  drafts: readonly Draft[];
  handle: RefObject<ListHandle | null>;
  onAtEnd(atEnd: boolean): void;
  /** All up to that message can be seen, or could be. */
  onSeen(id: MessageId): void;
  actions: BubbleActions;
}

/** The messages of a conversation, by day. */
export function Timeline(props: Props) {
  const { chat, conversation, thread, drafts, handle, onAtEnd, onSeen, actions } = props;
  // What was new when the conversation was opened stays marked while it is open.
  const [readUpTo] = useState(() =>
    conversation.unread > 0 ? (conversation.readUpTo ?? '0') : undefined,
  );
  const messages = thread.messages.value;
  const head = thread.atStart.value ? 'start' : thread.failure.value ? 'failure' : 'loading';
  const rows = useMemo(
    () => rowsOf({ messages, drafts, me: chat.me, head, readUpTo }),
    [messages, drafts, head, readUpTo],
  );
  const list = useRef<ListHandle>(null);
  handle.current = {
    toEnd: () => list.current?.toEnd(),
    toKey: (key) => list.current?.toKey(keyWith(rows, key)),
  };
  if (!thread.ready.value && messages.length === 0) return <div class="scroller" />;
  return (
    <VirtualList<Row>
      key={thread.id}
      rows={rows}
      keyOf={(row) => row.key}
      holds={(row) => row.kind === 'message' || row.kind === 'notice' || row.kind === 'draft'}
      guessPx={ROW_PX}
      beginAt={rows.some((row) => row.key === UNREAD_KEY) ? UNREAD_KEY : undefined}
      handle={list}
      label={t('chat.label', { name: chat.title(conversation) })}
      onNearStart={() => {
        if (!thread.failure.peek()) void thread.older();
      }}
      onAtEnd={onAtEnd}
      onSeen={(row) => {
        const waits = row.kind === 'draft' || row.kind === 'album';
        const seen = messageIn(row) ?? (waits ? messages.at(-1) : undefined);
        if (seen) onSeen(seen.id);
      }}
      onKeyDown={moveBetweenBubbles}
      render={(row) => <RowView row={row} {...props} actions={actions} />}
    />
  );
}

function RowView({ row, ...props }: { row: Row } & Props) {
  const { chat, conversation, thread } = props;
  switch (row.kind) {
    case 'message':
      return <Bubble {...props} {...row} />;
    case 'draft':
      return <DraftBubble {...props} {...row} />;
    case 'album':
      return <AlbumBubble {...props} {...row} />;
    case 'day':
      return (
        <h2 class="day">
          <time datetime={row.at.slice(0, 10)}>{day(row.at)}</time>
        </h2>
      );
    case 'unread':
      return <p class="unread-line">{t('chat.newMessages')}</p>;
    case 'notice':
      return (
        <p class="notice" data-testid="notice">
          {preview(chat, row.message)}
        </p>
      );
    case 'start':
      return (
        <div class="start">
          <p>{t('chat.start')}</p>
          {conversation.kind === 'direct' && thread.messages.value.length === 0 && (
            <p>{t('chat.startHint', { name: chat.title(conversation) })}</p>
          )}
        </div>
      );
    case 'loading':
      return (
        <div class="start" role="status">
          <span class="spinner" />
          <span class="unseen">{t('chat.loading')}</span>
        </div>
      );
    case 'failure':
      return (
        <div class="start">
          <p>{t('chat.loadFailed')}</p>
          <button type="button" class="button" onClick={() => void thread.older()}>
            {t('action.retry')}
          </button>
        </div>
      );
  }
}

/** The arrow keys go from message to message; Enter opens what can be done with one. */
function moveBetweenBubbles(event: KeyboardEvent): void {
  const { key, target, currentTarget } = event;
  const list = currentTarget as HTMLElement;
  const bubble = (target as Element).closest<HTMLElement>('.bubble');
  if (key === 'Enter' && bubble && target === bubble) {
    event.preventDefault();
    bubble.querySelector<HTMLElement>('.bubble-menu')?.click();
    return;
  }
  if (key !== 'ArrowUp' && key !== 'ArrowDown') return;
  const bubbles = [...list.querySelectorAll<HTMLElement>('.bubble')];
  const at = bubble ? bubbles.indexOf(bubble) : bubbles.length;
  const next = bubbles[at + (key === 'ArrowUp' ? -1 : 1)];
  if (!next) return;
  event.preventDefault();
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: 'nearest' });
}
