import { time } from '../../i18n/dates';
import { t } from '../../i18n/texts';
import type { Chat } from '../../model/chat';
import { preview } from '../../model/preview';
import { statusOf } from '../../store/conversation';
import type { Conversation, Draft } from '../../store/database';
import { hueOf } from '../../ui/Avatar';
import { Icon, Ticks } from '../../ui/Icon';
import { isOnlyEmoji, Linked } from '../../ui/Linked';
import { Preview, Thumb } from '../../ui/Preview';
import type { Message } from '../../wire/forms';
import { useTouch } from '../../ui/touch';
import type { Spot } from '../../ui/Sheet';
import { MediaBody, mediaClasses } from './media/MediaBody';
import { pieceOf, pieceOfDraft } from './media/piece';

/** What a conversation lets its messages ask for. */
export interface BubbleActions {
  menu(message: Message, spot: Spot): void;
  reply(message: Message): void;
  failed(draft: Draft): void;
  jump(id: string): void;
  react(message: Message, emoji: string, on: boolean): void;
  /** Shows the picture or video in full. */
  open(message: Message): void;
}

export interface BubbleProps {
  chat: Chat;
  conversation: Conversation;
  opens: boolean;
  closes: boolean;
  actions: BubbleActions;
}

/** A message that the server has. */
export function Bubble({ message, ...props }: BubbleProps & { message: Message }) {
  const { chat, conversation, opens, closes, actions } = props;
  const mine = message.from === chat.me;
  const press = useTouch({
    onHold: (spot) => actions.menu(message, spot),
    onSwipe: message.deleted ? undefined : () => actions.reply(message),
  });
  if (!mine) chat.people.need(message.from);
  message.mentions?.forEach((id) => chat.people.need(id));
  const named = conversation.kind === 'group' && !mine && opens;
  const large = message.content.type === 'text' && isOnlyEmoji(message.content.text ?? '');
  const piece = message.content.type === 'media' && pieceOf(message);
  const classes = ['bubble', mine ? 'mine' : 'theirs', opens && 'opens', closes && 'closes'];
  if (piece) classes.push(mediaClasses(piece));
  return (
    <div
      class={[...classes, large && 'large', message.deleted && 'deleted'].filter(Boolean).join(' ')}
      role="article"
      tabIndex={-1}
      data-testid="message"
      data-id={message.id}
      data-mine={mine}
      {...press}
    >
      <span class="unseen">{mine ? t('message.you') : chat.people.name(message.from)}: </span>
      {named && (
        <div class={`sender hue-${hueOf(message.from)}`} aria-hidden="true">
          {chat.people.name(message.from)}
        </div>
      )}
      {message.replyTo && !message.deleted && <Quote {...props} id={message.replyTo} />}
      {piece && <MediaBody chat={chat} piece={piece} onOpen={() => actions.open(message)} />}
      <Said chat={chat} message={message} />
      <span class="meta">
        {message.editedAt && <span>{t('message.edited')}</span>}
        <time datetime={message.sentAt}>{time(message.sentAt)}</time>
        {mine && !message.deleted && <Status status={statusOf(conversation, message)} />}
      </span>
      <Reactions chat={chat} message={message} actions={actions} />
      <button
        type="button"
        class="bubble-menu"
        aria-label={t('message.actions')}
        onClick={(event) => {
          const { left, bottom } = event.currentTarget.getBoundingClientRect();
          actions.menu(message, { x: left, y: bottom });
        }}
      >
        <Icon name="down" size={16} />
      </button>
    </div>
  );
}

/** A message that is on its way, or could not be sent. */
export function DraftBubble({ draft, ...props }: BubbleProps & { draft: Draft }) {
  const { opens, closes, actions } = props;
  const text = draft.content.text ?? draft.content.caption ?? '';
  const failed = draft.refused !== undefined;
  const piece = draft.content.type === 'media' && pieceOfDraft(draft, props.chat.me);
  const large = !piece && isOnlyEmoji(text);
  const classes = ['bubble', 'mine', 'draft', opens && 'opens', closes && 'closes'];
  if (piece) classes.push(mediaClasses(piece));
  return (
    <div
      class={[...classes, large && 'large', failed && 'failed'].filter(Boolean).join(' ')}
      role="article"
      tabIndex={-1}
      data-testid="draft"
      data-mine
    >
      <span class="unseen">{t('message.you')}: </span>
      {draft.replyTo && <Quote {...props} id={draft.replyTo} />}
      {piece && (
        <MediaBody chat={props.chat} piece={piece} onOpen={() => failed && actions.failed(draft)} />
      )}
      {text && (
        <span class="said">
          <Linked text={text} />
        </span>
      )}
      <span class="meta">
        <time datetime={draft.writtenAt}>{time(draft.writtenAt)}</time>
        {!failed && <Waiting />}
      </span>
      {failed && (
        <button type="button" class="not-sent" onClick={() => actions.failed(draft)}>
          <Icon name="alert" size={16} /> {t('message.failed')}
        </button>
      )}
    </div>
  );
}

function Said({ chat, message }: { chat: Chat; message: Message }) {
  const { content, mentions } = message;
  if (content.type === 'media' && !content.caption) return null;
  if (content.type === 'text' || content.type === 'media') {
    const names = mentions && new Map(mentions.map((id) => [id, chat.people.name(id)]));
    return (
      <span class="said" data-testid="message-text">
        <Linked text={content.text ?? content.caption ?? ''} names={names} />
      </span>
    );
  }
  return (
    <span class="said instead">
      {message.deleted && <Icon name="block" size={16} />} {preview(chat, message)}
    </span>
  );
}

/** It waits to be sent. */
export function Waiting() {
  return (
    <span role="img" aria-label={t('message.waiting')} data-status="waiting">
      <Icon name="clock" size={14} />
    </span>
  );
}

export function Status({ status }: { status: 'sent' | 'delivered' | 'read' }) {
  return (
    <span
      class={`status ${status}`}
      role="img"
      aria-label={t(`message.${status}`)}
      data-testid="status"
      data-status={status}
    >
      <Ticks twice={status !== 'sent'} />
    </span>
  );
}

function Quote({ chat, id, actions }: { chat: Chat; id: string; actions: BubbleActions }) {
  const quoted = chat.quotes.get(id);
  const name = quoted
    ? quoted.from === chat.me
      ? t('message.you')
      : chat.people.name(quoted.from)
    : '…';
  return (
    <button
      type="button"
      class="quote"
      aria-label={t('message.quoted', { name })}
      onClick={() => actions.jump(id)}
    >
      <span class="grow">
        <span class="cut">{name}</span>
        <span class="quoted">{quoted ? <Preview chat={chat} message={quoted} /> : '…'}</span>
      </span>
      {quoted && <Thumb chat={chat} content={quoted.content} />}
    </button>
  );
}

export function Reactions({
  chat,
  message,
  actions,
}: {
  chat: Chat;
  message: Message;
  actions: BubbleActions;
}) {
  const all = Object.entries(message.reactions ?? {});
  if (all.length === 0) return null;
  return (
    <span class="reactions">
      {all.map(([emoji, users]) => {
        const names = users.map((id) => (id === chat.me ? t('message.you') : chat.people.name(id)));
        const mine = users.includes(chat.me);
        return (
          <button
            type="button"
            key={emoji}
            class="reaction"
            data-testid="reaction"
            aria-pressed={mine}
            aria-label={t('message.reaction', { emoji, names: names.join(', ') })}
            title={names.join(', ')}
            onClick={() => actions.react(message, emoji, !mine)}
          >
            <span class="emoji">{emoji}</span>
            {users.length > 1 && <span>{users.length}</span>}
          </button>
        );
      })}
    </span>
  );
}
