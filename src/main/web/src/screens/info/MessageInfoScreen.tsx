import { useEffect, useState } from 'preact/hooks';
import { full } from '../../i18n/dates';
import { t } from '../../i18n/texts';
import type { Chat } from '../../model/chat';
import { again } from '../../model/again';
import { preview } from '../../model/preview';
import { go } from '../../model/route';
import { statusOf } from '../../store/conversation';
import type { Conversation } from '../../store/database';
import { IconButton } from '../../ui/controls';
import { explain } from '../../ui/errors';
import { Ticks } from '../../ui/Icon';
import { PersonRow } from '../../ui/PersonRow';
import type { Message } from '../../wire/forms';
import type { MemberReceipt } from '../../wire/groups';

/** What became of a message: when it was said, who has it, who has read it. */
export function MessageInfoScreen(props: { chat: Chat; id: string; message: string }) {
  const { chat, id } = props;
  const conversation = chat.conversation(id);
  const [message, setMessage] = useState<Message>();
  useEffect(() => {
    const load = () => void chat.store.message(props.message).then(setMessage);
    load();
    return chat.watch(load);
  }, [props.message]);
  const mine = message?.from === chat.me;
  return (
    <aside class="info-pane" aria-label={t('message.info')}>
      <header class="bar">
        <IconButton
          icon="close"
          label={t('action.close')}
          onClick={() => go({ at: 'conversation', id }, true)}
        />
        <h1>{t('message.info')}</h1>
      </header>
      {message && (
        <div class="pane-body cards">
          <div class="quoted-message">
            <p>{preview(chat, message)}</p>
          </div>
          <dl class="group-card facts">
            {!mine && <Fact label={t('info.from')} value={chat.people.name(message.from)} />}
            <Fact label={t('info.sent')} value={full(message.sentAt)} />
            {message.editedAt && <Fact label={t('info.edited')} value={full(message.editedAt)} />}
            {mine && conversation.kind === 'direct' && (
              <DirectFacts conversation={conversation} message={message} />
            )}
          </dl>
          {mine && conversation.kind === 'group' && (
            <MemberReceipts chat={chat} message={message} />
          )}
        </div>
      )}
    </aside>
  );
}

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function DirectFacts({ conversation, message }: { conversation: Conversation; message: Message }) {
  const status = statusOf(conversation, message);
  return (
    <>
      <TickFact label={t('info.deliveredAll')} done={status !== 'sent'} />
      <TickFact label={t('info.readAll')} done={status === 'read'} />
    </>
  );
}

function TickFact({ label, done }: { label: string; done: boolean }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        {done ? (
          <span role="img" aria-label={t('action.done')} class="status read">
            <Ticks twice />
          </span>
        ) : (
          t('info.notYet')
        )}
      </dd>
    </div>
  );
}

/** How far each member has got, asked anew when something happens in the group. */
function MemberReceipts({ chat, message }: { chat: Chat; message: Message }) {
  const { id, conversation } = message;
  const [receipts, setReceipts] = useState<MemberReceipt[]>();
  const [wrong, setWrong] = useState<string>();
  useEffect(() => {
    const ask = again(() =>
      chat.groups.calls.receipts(id).then(
        (found) => {
          setReceipts(found);
          setWrong(undefined);
        },
        (error: unknown) => setWrong(explain(error)),
      ),
    );
    ask();
    return chat.watch((touched) => {
      if (touched.conversations.includes(conversation)) ask();
    });
  }, [id]);
  if (wrong) {
    return (
      <p class="note wrong" role="alert">
        {wrong}
      </p>
    );
  }
  if (!receipts) return <span class="spinner centred" />;
  const read = receipts.filter((it) => it.read);
  const delivered = receipts.filter((it) => it.delivered && !it.read);
  const waiting = receipts.filter((it) => !it.delivered && !it.read);
  return (
    <>
      <Readers chat={chat} title={t('info.read')} receipts={read} />
      <Readers chat={chat} title={t('info.delivered')} receipts={delivered} />
      {waiting.length > 0 && <Readers chat={chat} title={t('info.waiting')} receipts={waiting} />}
    </>
  );
}

function Readers(props: { chat: Chat; title: string; receipts: MemberReceipt[] }) {
  const { chat, title, receipts } = props;
  return (
    <section aria-label={title}>
      <h2 class="section">{title}</h2>
      {receipts.length === 0 && <p class="nothing small">{t('info.nobody')}</p>}
      <ul class="group-card">
        {receipts.map(({ userId, left }) => (
          <li key={userId} data-testid="reader">
            <PersonRow chat={chat} userId={userId} hint={left ? t('info.left') : undefined} />
          </li>
        ))}
      </ul>
    </section>
  );
}
