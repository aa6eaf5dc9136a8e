import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../i18n/texts';
import type { Chat } from '../../model/chat';
import { preview } from '../../model/preview';
import { IconButton } from '../../ui/controls';
import { EmojiSheet } from '../../ui/Emoji';
import { attempt } from '../../ui/errors';
import { Icon } from '../../ui/Icon';
import { composes } from '../../ui/keys';
import { canRecord } from '../../media/recording';
import type { Message } from '../../wire/forms';
import { AttachButton } from './media/AttachButton';
import { useDropping } from './media/dropping';
import { mentionsIn, MentionList, mentionAt } from './mentions';

/** How often others are told that the user goes on typing, and how long a pause ends it. */
const TYPING_AGAIN_MS = 4_000;
const TYPING_PAUSE_MS = 5_000;

/** What the next text is for, beside being a new message. */
export type Purpose = { kind: 'reply' | 'edit'; message: Message } | undefined;

interface Props {
  chat: Chat;
  id: string;
  members: readonly string[];
  purpose: Purpose;
  onDone(): void;
  onSent(): void;
}

/** Where messages are written. */
export function Composer({ chat, id, members, purpose, onDone, onSent }: Props) {
  const [text, setText] = useState(() => chat.unsent.texts.peek().get(id) ?? '');
  const [emoji, setEmoji] = useState(false);
  const input = useRef<HTMLTextAreaElement>(null);
  const editing = purpose?.kind === 'edit' ? purpose.message : undefined;
  const typing = useTyping(chat, id);
  const form = useRef<HTMLFormElement>(null);
  const latest = useRef(purpose);
  latest.current = purpose;
  const before = useRef<Purpose>(undefined);
  const [saved, setSaved] = useState<Purpose>();
  const saving = saved !== undefined && saved === purpose;
  const [recorder, setRecorder] = useState<ComponentChildren>();
  const [more, setMore] = useState<ComponentChildren>();
  const replyTo = purpose?.kind === 'reply' ? purpose.message.id : undefined;
  const name = chat.title(chat.conversation(id));
  useDropping(form, t('attach.drop', { name }), attach);

  useLayoutEffect(() => {
    if (editing) setText(editing.content.text ?? '');
    // What was begun before the editing is there again.
    else if (before.current?.kind === 'edit') setText(chat.unsent.texts.peek().get(id) ?? '');
    before.current = purpose;
    if (purpose) input.current?.focus();
  }, [purpose]);
  useEffect(() => {
    if (!editing) chat.unsent.keep(id, text);
  }, [text]);
  useLayoutEffect(() => grow(input.current!), [text]);

  function attach(files: File[]): void {
    if (files.length > 0 && !editing) void attempt(() => show(files));
  }

  /** Shows what was chosen; what is written already goes with it. */
  async function show(files: File[]): Promise<void> {
    const { AttachSheet } = await import('./media/AttachSheet');
    const caption = input.current?.value ?? '';
    const onSend = () => {
      setText('');
      onDone();
    };
    const props = { chat, id, files, replyTo, caption, onUnused: restore, onSend, onSent };
    setMore(<AttachSheet {...props} onClose={() => setMore(undefined)} />);
  }

  async function record(): Promise<void> {
    const { Recorder } = await import('./media/Recorder');
    const sent = () => {
      onDone();
      onSent();
    };
    const props = { chat, id, replyTo, onSent: sent };
    setRecorder(<Recorder {...props} onClose={() => setRecorder(undefined)} />);
  }

  async function submit(): Promise<void> {
    const said = text.trim();
    if (said === '' || saving) return;
    typing.stop();
    input.current?.focus();
    if (editing) return save(editing, said);
    const mentions = mentionsIn(said, members);
    const about = { replyTo, mentions: mentions.length > 0 ? mentions : undefined };
    setText('');
    onDone();
    if (!(await attempt(() => chat.send(id, said, about)))) restore(said);
    onSent();
  }

  /** The editing goes on until the new text is safe, or the user turns to something else. */
  async function save(message: Message, said: string): Promise<void> {
    if (said !== message.content.text) {
      setSaved(purpose);
      const isSafe = await attempt(() => chat.edit(message.id, said));
      setSaved(undefined);
      if (latest.current !== purpose) {
        if (!isSafe) restore(said);
        return;
      }
      if (!isSafe) return;
    }
    onDone();
  }

  /** What could not be sent is not lost, whatever is written or shown by now. */
  function restore(said: string): void {
    const withIt = (now = '') => (now === '' ? said : `${said}\n${now}`);
    chat.unsent.keep(id, withIt(chat.unsent.texts.peek().get(id)));
    if (latest.current?.kind !== 'edit') setText(withIt);
  }

  function insert(piece: string, from = input.current!.selectionStart): void {
    const element = input.current!;
    const next = text.slice(0, from) + piece + text.slice(element.selectionEnd);
    setText(next);
    requestAnimationFrame(() => {
      element.focus();
      element.setSelectionRange(from + piece.length, from + piece.length);
    });
  }

  function onKeyDown(event: KeyboardEvent): void {
    // On a touch screen the key makes a new line; there is a button to send.
    const hasKeyboard = matchMedia('(hover: hover)').matches;
    if (event.key === 'Enter' && !event.shiftKey && !composes(event) && hasKeyboard) {
      event.preventDefault();
      void submit();
    } else if (event.key === 'Escape' && purpose) {
      event.preventDefault();
      onDone();
    }
  }

  const mention = mentionAt(text, input.current?.selectionStart ?? text.length);
  return (
    <>
      <form
        ref={form}
        class="composer"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {mention && members.length > 0 && (
          <MentionList
            chat={chat}
            members={members}
            begun={mention.begun}
            onPick={(user) => insert(`@${user} `, mention.from)}
          />
        )}
        {purpose && <Banner chat={chat} purpose={purpose} onCancel={onDone} />}
        {recorder}
        <div class="composer-row" hidden={recorder !== undefined}>
          <div class="box">
            <IconButton icon="smile" label={t('chat.emoji')} onClick={() => setEmoji(true)} />
            <textarea
              ref={input}
              rows={1}
              value={text}
              readOnly={saving}
              placeholder={t('chat.write')}
              aria-label={t('chat.write')}
              data-testid="composer"
              enterkeyhint="enter"
              onInput={(event) => {
                setText(event.currentTarget.value);
                if (!editing) typing.typed(event.currentTarget.value !== '');
              }}
              onKeyDown={onKeyDown}
              onPaste={(event) => {
                const files = [...(event.clipboardData?.files ?? [])];
                if (files.length === 0) return;
                event.preventDefault();
                attach(files);
              }}
            />
            {!editing && <AttachButton onFiles={attach} />}
          </div>
          {text === '' && !editing && canRecord() ? (
            <IconButton
              class="icon-button main send"
              icon="mic"
              size={22}
              label={t('voice.record')}
              onClick={() => void attempt(record)}
            />
          ) : (
            <button
              type="submit"
              class="icon-button main send"
              aria-label={t(editing ? 'action.save' : 'chat.send')}
              data-testid="send"
              disabled={text.trim() === '' || saving}
              onPointerDown={(event) => event.preventDefault()}
            >
              <Icon name={editing ? 'check' : 'send'} size={22} />
            </button>
          )}
        </div>
        {emoji && <EmojiSheet onPick={(it) => insert(it)} onClose={() => setEmoji(false)} />}
      </form>
      {more}
    </>
  );
}

function Banner({
  chat,
  purpose,
  onCancel,
}: {
  chat: Chat;
  purpose: NonNullable<Purpose>;
  onCancel(): void;
}) {
  const { kind, message } = purpose;
  const name = message.from === chat.me ? t('message.you') : chat.people.name(message.from);
  return (
    <div class="banner">
      <Icon name={kind === 'edit' ? 'edit' : 'reply'} size={20} />
      <span class="grow">
        <strong class="cut">
          {kind === 'edit' ? t('chat.editing') : t('chat.replyTo', { name })}
        </strong>
        <span class="cut">{preview(chat, message)}</span>
      </span>
      <IconButton icon="close" size={20} label={t('action.cancel')} onClick={onCancel} />
    </div>
  );
}

/** Tells the others that the user types, not oftener than they need it. */
function useTyping(chat: Chat, id: string) {
  const told = useRef(0);
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined);
  function stop(): void {
    clearTimeout(pause.current);
    if (told.current > 0) chat.typing(id, false);
    told.current = 0;
  }
  function typed(something: boolean): void {
    if (!something) return stop();
    clearTimeout(pause.current);
    pause.current = setTimeout(stop, TYPING_PAUSE_MS);
    if (Date.now() - told.current < TYPING_AGAIN_MS) return;
    told.current = Date.now();
    chat.typing(id, true);
  }
  useEffect(() => stop, []);
  return { typed, stop };
}

function grow(element: HTMLTextAreaElement): void {
  element.style.height = 'auto';
  element.style.height = `${element.scrollHeight}px`;
}
