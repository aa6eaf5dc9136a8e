import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../../i18n/texts';
import { Recording } from '../../../media/recording';
import type { Chat } from '../../../model/chat';
import { say } from '../../../model/toasts';
import { IconButton } from '../../../ui/controls';
import { attempt, explain } from '../../../ui/errors';
import { Icon } from '../../../ui/Icon';
import type { MessageId } from '../../../wire/forms';
import { duration } from './amounts';

/** What is shorter was a slip of the finger. */
const SHORTEST_MS = 500;
const BARS = 48;

interface Props {
  chat: Chat;
  id: string;
  replyTo?: MessageId;
  onSent(): void;
  onClose(): void;
}

/** Stands where one writes, while one speaks. */
export function Recorder({ chat, id, replyTo, onSent, onClose }: Props) {
  const recording = useRef<Recording>(undefined);
  const [, heard] = useState(0);
  useEffect(() => {
    let gone = false;
    Recording.start(() => heard((n) => n + 1)).then(
      (begun) => {
        if (gone) begun.cancel();
        else recording.current = begun;
      },
      (error: unknown) => {
        say(explain(error));
        onClose();
      },
    );
    return () => {
      gone = true;
      recording.current?.cancel();
    };
  }, []);

  async function send(): Promise<void> {
    const done = recording.current;
    recording.current = undefined;
    if (!done || done.durationMs < SHORTEST_MS) {
      done?.cancel();
      return onClose();
    }
    const more = replyTo ? { replyTo } : {};
    await attempt(async () => chat.sendMedia(id, await done.finish(), more));
    onClose();
    onSent();
  }

  const now = recording.current;
  const levels = now?.levels.slice(-BARS) ?? [];
  return (
    <div class="composer-row recorder" data-testid="recorder">
      <IconButton icon="trash" label={t('voice.cancel')} onClick={onClose} />
      <div class="box">
        <span class="recording-dot" />
        <span role="timer" aria-label={t('voice.recording')}>
          {duration(now?.durationMs ?? 0)}
        </span>
        <span class="wave" aria-hidden="true">
          {levels.map((level, index) => (
            <i key={index} class="on" style={{ height: `${12 + level * 0.88}%` }} />
          ))}
        </span>
      </div>
      <button
        type="button"
        class="icon-button main send"
        aria-label={t('voice.send')}
        ref={focusOnce}
        onClick={() => void send()}
      >
        <Icon name="send" size={22} />
      </button>
    </div>
  );
}

/** Always the same function, so that it is called when the button appears and not again. */
function focusOnce(element: HTMLButtonElement | null): void {
  element?.focus();
}
