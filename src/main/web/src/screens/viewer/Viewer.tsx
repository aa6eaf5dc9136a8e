import { useEffect, useRef, useState } from 'preact/hooks';
import { full } from '../../i18n/dates';
import { number, t } from '../../i18n/texts';
import type { Chat } from '../../model/chat';
import type { Thread } from '../../model/thread';
import { IconButton } from '../../ui/controls';
import { attempt } from '../../ui/errors';
import type { Message, MessageId } from '../../wire/forms';
import { save } from '../conversation/media/save';
import { FullPicture, FullVideo } from './Full';

interface Props {
  chat: Chat;
  thread: Thread;
  first: MessageId;
  onClose(): void;
}

/** The pictures and videos of a conversation, one at a time, on the whole screen. */
export function Viewer({ chat, thread, first, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [id, setId] = useState(first);
  const all = thread.messages.value.filter(isSeen);
  const index = all.findIndex((message) => message.id === id);
  const message = all[index];
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    dialog.current!.showModal();
    return () => before?.focus?.({ preventScroll: true });
  }, []);
  useEffect(() => {
    // It was deleted while it was looked at.
    if (!message) onClose();
    else if (index < 2) void thread.older();
  }, [message?.id]);

  function turn(by: 1 | -1): void {
    const next = all[index + by];
    if (next) setId(next.id);
  }

  if (!message) return <dialog ref={dialog} class="viewer" />;
  const name = message.from === chat.me ? t('message.you') : chat.people.name(message.from);
  const { caption, kind } = message.content;
  const neighbours = [all[index - 1], all[index + 1]];
  return (
    <dialog
      ref={dialog}
      class="viewer"
      aria-label={t('viewer.label')}
      data-testid="viewer"
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onKeyDown={(event) => {
        if ((event.target as Element).closest('video')) return;
        if (event.key === 'ArrowLeft') turn(-1);
        else if (event.key === 'ArrowRight') turn(1);
      }}
    >
      <header class="viewer-bar">
        <IconButton icon="close" label={t('action.close')} onClick={onClose} />
        <span class="grow">
          <strong class="cut">{name}</strong>
          <span class="cut">{full(message.sentAt)}</span>
        </span>
        {all.length > 1 && (
          <span class="viewer-count" aria-live="polite">
            {t('viewer.count', { index: number(index + 1), count: number(all.length) })}
          </span>
        )}
        <IconButton
          icon="install"
          label={t('media.save')}
          onClick={() => void attempt(() => save(chat, message.content))}
        />
      </header>
      {kind === 'video' ? (
        <FullVideo key={message.id} chat={chat} message={message} />
      ) : (
        <FullPicture
          key={message.id}
          chat={chat}
          message={message}
          onTurn={turn}
          onClose={onClose}
        />
      )}
      {caption && <p class="viewer-caption">{caption}</p>}
      {index > 0 && (
        <IconButton
          class="icon-button viewer-turn back"
          icon="back"
          label={t('viewer.previous')}
          onClick={() => turn(-1)}
        />
      )}
      {index < all.length - 1 && (
        <IconButton
          class="icon-button viewer-turn"
          icon="right"
          label={t('viewer.next')}
          onClick={() => turn(1)}
        />
      )}
      {neighbours.map((it) => it && <Ahead key={it.id} chat={chat} message={it} />)}
    </dialog>
  );
}

/** Has the picture loaded that is looked at next. */
function Ahead({ chat, message }: { chat: Chat; message: Message }) {
  chat.media.of(message.content, '800');
  return null;
}

function isSeen({ content, deleted }: Message): boolean {
  const { type, kind, mediaId } = content;
  return type === 'media' && !deleted && !!mediaId && (kind === 'image' || kind === 'video');
}
