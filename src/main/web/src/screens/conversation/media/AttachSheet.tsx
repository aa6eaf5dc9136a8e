import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../../i18n/texts';
import { kindOf, prepare } from '../../../media/prepare';
import type { Chat } from '../../../model/chat';
import { IconButton } from '../../../ui/controls';
import { explain } from '../../../ui/errors';
import { Icon } from '../../../ui/Icon';
import { Sheet } from '../../../ui/Sheet';
import type { MessageId } from '../../../wire/forms';
import { bytes } from './amounts';
import { FileSign } from './FileCard';
import { sendAll, type Outgoing } from './sending';

/** As it is shown. */
interface Item extends Outgoing {
  file: File;
  url: string;
}

interface Props {
  chat: Chat;
  id: string;
  files: File[];
  replyTo?: MessageId;
  /** What was written already becomes the caption of the first one. */
  caption: string;
  /** What was written could go with none of them. */
  onUnused(text: string): void;
  /** The user has said so. */
  onSend(): void;
  /** All are written down. */
  onSent(): void;
  onClose(): void;
}

/** Shows what was chosen before it is sent, and what is said with it. */
export function AttachSheet({ chat, id, files, replyTo, onSent, onClose, ...props }: Props) {
  const [items, setItems] = useState<Item[]>([]);
  const [chosen, setChosen] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => add(files, props.caption), []);
  const urls = useRef<string[]>([]);
  useEffect(() => () => urls.current.forEach((url) => URL.revokeObjectURL(url)), []);

  function add(more: File[], caption = ''): void {
    const added = more.map((file, index) => itemOf(file, index === 0 ? caption : ''));
    urls.current.push(...added.map((item) => item.url));
    setItems((before) => [...before, ...added]);
    for (const item of added) {
      item.prepared.catch((error: unknown) => change(item, { wrong: explain(error) }));
    }
  }

  function change(item: Item, by: Partial<Item>): void {
    setItems((before) =>
      before.map((other) => (other.prepared === item.prepared ? { ...other, ...by } : other)),
    );
  }

  function drop(item: Item): void {
    const left = items.filter((other) => other !== item);
    // What was written before any file was chosen goes with another one.
    const isOlder = item.caption !== '' && item.caption === props.caption;
    const heir = isOlder && left.find((other) => other.caption === '' && !other.wrong);
    setItems(left.map((it) => (it === heir ? { ...it, caption: item.caption } : it)));
    setChosen(Math.max(0, Math.min(chosen, left.length - 1)));
    if (left.length === 0) onClose();
  }

  async function send(): Promise<void> {
    onClose();
    props.onSend();
    let answers = replyTo;
    const unused = await sendAll(items, async ({ blob, content }, caption) => {
      const more = answers ? { replyTo: answers } : {};
      await chat.sendMedia(id, { blob, content: { ...content, caption } }, more);
      answers = undefined;
    });
    if (unused) props.onUnused(unused);
    onSent();
  }

  const item = items[chosen];
  const good = items.filter((it) => !it.wrong).length;
  return (
    <Sheet label={t('attach.title')} class="attach" onClose={onClose}>
      <form
        class="attach-body"
        onSubmit={(event) => {
          event.preventDefault();
          if (good > 0) void send();
        }}
      >
        <div class="bar">
          <IconButton icon="close" label={t('action.cancel')} onClick={onClose} />
          <h2 class="grow cut">{chat.title(chat.conversation(id))}</h2>
          {item && (
            <IconButton
              icon="trash"
              label={t('attach.remove', { name: item.file.name })}
              onClick={() => drop(item)}
            />
          )}
        </div>
        <div class="attach-stage">{item && <Stage item={item} />}</div>
        {item?.wrong && (
          <p class="attach-wrong" role="alert">
            <Icon name="alert" size={18} /> {item.wrong}
          </p>
        )}
        <div class="attach-strip" role="group" aria-label={t('attach.chosen')}>
          {items.map((it, index) => (
            <button
              type="button"
              key={it.url}
              class={`attach-thumb${it.wrong ? ' wrong' : ''}`}
              aria-label={it.file.name}
              aria-pressed={index === chosen}
              onClick={() => setChosen(index)}
            >
              {kindOf(it.file.type) === 'image' ? (
                <img src={it.url} alt="" />
              ) : (
                <FileSign name={it.file.name} />
              )}
            </button>
          ))}
          <IconButton icon="plus" label={t('attach.add')} onClick={() => input.current?.click()} />
          <input
            ref={input}
            type="file"
            multiple
            class="unseen"
            tabIndex={-1}
            aria-hidden="true"
            onChange={(event) => {
              add([...(event.currentTarget.files ?? [])]);
              event.currentTarget.value = '';
            }}
          />
        </div>
        <div class="composer-row">
          <div class="box">
            <input
              class="attach-caption"
              value={item?.caption ?? ''}
              placeholder={t('attach.caption')}
              aria-label={t('attach.caption')}
              maxLength={4_000}
              autocomplete="off"
              onInput={(event) => item && change(item, { caption: event.currentTarget.value })}
            />
          </div>
          <button
            type="submit"
            class="icon-button main send"
            aria-label={t('chat.send')}
            disabled={good === 0}
            data-testid="send-files"
          >
            <Icon name="send" size={22} />
            {good > 1 && <span class="badge">{good}</span>}
          </button>
        </div>
      </form>
    </Sheet>
  );
}

/** Reading and shrinking begins while the user still looks at it. */
function itemOf(file: File, caption: string): Item {
  return { file, url: URL.createObjectURL(file), prepared: prepare(file), caption };
}

function Stage({ item: { file, url } }: { item: Item }) {
  const [unreadable, setUnreadable] = useState(false);
  const kind = kindOf(file.type);
  if (kind === 'image' && !unreadable) {
    return <img key={url} src={url} alt={file.name} onError={() => setUnreadable(true)} />;
  }
  if (kind === 'video')
    return <video key={url} src={url} controls playsInline preload="metadata" />;
  if (kind === 'audio') return <audio key={url} src={url} controls />;
  return (
    <div class="attach-file">
      <FileSign name={file.name} />
      <strong>{file.name}</strong>
      <span>{bytes(file.size)}</span>
    </div>
  );
}
