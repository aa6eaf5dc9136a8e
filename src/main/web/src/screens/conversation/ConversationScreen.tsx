import { useComputed } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { t } from '../../i18n/texts';
import type { Chat } from '../../model/chat';
import { preview } from '../../model/preview';
import { say } from '../../model/toasts';
import { Thread } from '../../model/thread';
import type { Draft } from '../../store/database';
import { IconButton } from '../../ui/controls';
import { attempt, explainDraft } from '../../ui/errors';
import { Actions, Sheet, type Spot } from '../../ui/Sheet';
import type { ListHandle } from '../../ui/VirtualList';
import type { ConversationId, Message, MessageId } from '../../wire/forms';
import { Composer, type Purpose } from './Composer';
import { Header } from './Header';
import { MessageMenu } from './MessageMenu';
import { Timeline } from './Timeline';

/** What is said in one conversation, and where more is said. */
export function ConversationScreen({ chat, id }: { chat: Chat; id: string }) {
  const conversation = chat.conversation(id);
  const thread = useMemo(() => new Thread(chat, id), [chat, id]);
  useEffect(() => () => thread.close(), [thread]);
  const handle = useRef<ListHandle>(null);
  const [purpose, setPurpose] = useState<Purpose>();
  const [menu, setMenu] = useState<{ message: Message; spot: Spot }>();
  const [failed, setFailed] = useState<Draft>();
  const [viewer, setViewer] = useState<ComponentChildren>();
  const [atEnd, setAtEnd] = useState(true);
  const drafts = useComputed(() => chat.drafts.value.filter((it) => it.conversation === id)).value;
  const group = chat.groups.get(id);
  const [seen, setSeen] = useState<MessageId>();
  useReading(chat, id, seen);

  useEffect(() => {
    if (conversation.kind === 'group') chat.groups.need(id);
    else if (conversation.with) chat.people.need(conversation.with);
  }, [id]);

  async function jump(messageId: string): Promise<void> {
    const found = await thread.reach(messageId);
    if (!found) return say(t('message.gone'));
    const message = thread.messages.value.find((it) => it.id === messageId)!;
    handle.current?.toKey(message.clientId ?? message.id);
    setTimeout(() => flash(messageId), 120);
  }

  async function view(message: Message): Promise<void> {
    const { Viewer } = await import('../viewer/Viewer');
    const onClose = () => setViewer(undefined);
    setViewer(<Viewer chat={chat} thread={thread} first={message.id} onClose={onClose} />);
  }

  const moderates = group !== undefined && group.role !== 'member';
  return (
    <section class="conversation" aria-label={chat.title(conversation)}>
      <Header chat={chat} conversation={conversation} />
      <Timeline
        chat={chat}
        conversation={conversation}
        thread={thread}
        drafts={drafts}
        handle={handle}
        onAtEnd={setAtEnd}
        onSeen={setSeen}
        actions={{
          menu: (message, spot) => setMenu({ message, spot }),
          reply: (message) => setPurpose({ kind: 'reply', message }),
          failed: setFailed,
          jump: (messageId) => void jump(messageId),
          open: (message) => void attempt(() => view(message)),
          react: (message, emoji, on) => void attempt(() => chat.react(message.id, emoji, on)),
        }}
      />
      {!atEnd && (
        <div class="to-end">
          <IconButton
            icon="down"
            label={t('chat.toNewest')}
            onClick={() => handle.current?.toEnd()}
          />
          {conversation.unread > 0 && <span class="badge">{conversation.unread}</span>}
        </div>
      )}
      <Foot
        chat={chat}
        id={id}
        purpose={purpose}
        onDone={() => setPurpose(undefined)}
        onSent={() => handle.current?.toEnd()}
      />
      <Announcer chat={chat} thread={thread} />
      {menu && (
        <MessageMenu
          chat={chat}
          conversation={conversation}
          {...menu}
          moderates={moderates}
          onPurpose={setPurpose}
          onClose={() => setMenu(undefined)}
        />
      )}
      {viewer}
      {failed && <FailedMenu chat={chat} draft={failed} onClose={() => setFailed(undefined)} />}
    </section>
  );
}

/** Where one writes, or why one cannot. */
function Foot(props: { chat: Chat; id: string; purpose: Purpose; onDone(): void; onSent(): void }) {
  const { chat, id } = props;
  const conversation = chat.conversation(id);
  const group = chat.groups.get(id);
  const person = conversation.with ? chat.people.get(conversation.with) : undefined;
  if (person?.blocked) {
    const name = chat.people.name(person.userId);
    return (
      <div class="cannot-write">
        <span>{t('chat.blocked', { name })}</span>
        <button
          type="button"
          class="button"
          onClick={() => void attempt(() => chat.people.block(person.userId, false))}
        >
          {t('chat.unblock')}
        </button>
      </div>
    );
  }
  if (conversation.left) return <p class="cannot-write">{t('chat.left')}</p>;
  if (group?.policy.post === 'admins' && group.role === 'member') {
    return <p class="cannot-write">{t('chat.readOnly')}</p>;
  }
  return <Composer key={id} members={chat.groups.memberIds(id)} {...props} />;
}

/** Marks what has been seen as read. */
function useReading(chat: Chat, id: ConversationId, seen: MessageId | undefined): void {
  const { unread } = chat.conversation(id);
  useEffect(() => {
    function look(): void {
      if (seen === undefined || unread === 0 || document.visibilityState !== 'visible') return;
      void chat.read(id, seen);
    }
    look();
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [chat, id, seen, unread]);
}

/** Reads out what others say while the conversation is open. */
function Announcer({ chat, thread }: { chat: Chat; thread: Thread }) {
  const last = thread.messages.value.at(-1);
  const since = useRef<string>(undefined);
  if (thread.ready.value) since.current ??= last?.id ?? '';
  const isNews = last && since.current !== undefined && last.id > since.current;
  const text =
    isNews && last.from !== chat.me
      ? t('chat.newFrom', { name: chat.people.name(last.from), text: preview(chat, last) })
      : '';
  return (
    <div class="unseen" aria-live="polite" data-testid="announcer">
      {text}
    </div>
  );
}

function FailedMenu({ chat, draft, onClose }: { chat: Chat; draft: Draft; onClose(): void }) {
  return (
    <Sheet label={t('message.failed')} onClose={onClose}>
      <div class="sheet-text">
        <h2>{t('message.failed')}</h2>
        <p class="text">{explainDraft(draft)}</p>
      </div>
      <Actions
        onClose={onClose}
        actions={[
          {
            icon: 'again',
            label: t('message.sendAgain'),
            run: () => void attempt(() => chat.sendAgain(draft)),
          },
          {
            icon: 'trash',
            label: t('message.discard'),
            danger: true,
            run: () => void attempt(() => chat.discard(draft)),
          },
        ]}
      />
    </Sheet>
  );
}

function flash(id: string): void {
  const bubble = document.querySelector(`.album-tile[data-id="${id}"], .bubble[data-id="${id}"]`);
  bubble?.classList.add('flash');
  setTimeout(() => bubble?.classList.remove('flash'), 1_500);
}
