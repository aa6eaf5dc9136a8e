import { useState } from 'preact/hooks';
import { t } from '../../i18n/texts';
import type { Chat } from '../../model/chat';
import { go } from '../../model/route';
import { say } from '../../model/toasts';
import type { Conversation } from '../../store/database';
import { Icon } from '../../ui/Icon';
import { EmojiSheet, QUICK } from '../../ui/Emoji';
import { attempt } from '../../ui/errors';
import { Actions, Confirm, Sheet, type Action, type Spot } from '../../ui/Sheet';
import type { Message } from '../../wire/forms';
import type { Purpose } from './Composer';
import { save } from './media/save';

/** For so long a message can be edited; the server says so too. */
const EDIT_MS_MAX = 15 * 60 * 1000;

interface Props {
  chat: Chat;
  conversation: Conversation;
  message: Message;
  spot: Spot;
  /** Whether the user may delete what others say, as admins of groups do. */
  moderates: boolean;
  onPurpose(purpose: Purpose): void;
  onClose(): void;
}

/** What can be done with a message. */
export function MessageMenu(props: Props) {
  const { chat, message, spot, onClose } = props;
  const [then, setThen] = useState<'menu' | 'emoji' | 'delete'>('menu');
  const react = (emoji: string, on: boolean) =>
    void attempt(() => chat.react(message.id, emoji, on));

  if (then === 'emoji') return <EmojiSheet onPick={(it) => react(it, true)} onClose={onClose} />;
  if (then === 'delete') {
    return (
      <Confirm
        title={t('message.deleteSure')}
        text={t('message.deleteHint')}
        action={t('message.delete')}
        onYes={() => void attempt(() => chat.delete(message.id))}
        onClose={onClose}
      />
    );
  }
  return (
    <Sheet label={t('message.actions')} spot={spot} onClose={onClose}>
      {!message.deleted && (
        <div class="quick-reactions">
          {QUICK.map((emoji) => {
            const mine = message.reactions?.[emoji]?.includes(chat.me) ?? false;
            return (
              <button
                type="button"
                key={emoji}
                class="emoji-button"
                aria-label={t('message.react', { emoji })}
                aria-pressed={mine}
                onClick={() => {
                  onClose();
                  react(emoji, !mine);
                }}
              >
                {emoji}
              </button>
            );
          })}
          <button
            type="button"
            class="emoji-button"
            aria-label={t('message.reactMore')}
            onClick={() => setThen('emoji')}
          >
            <Icon name="smile" />
          </button>
        </div>
      )}
      <Actions
        actions={actions(props, () => setThen('delete'))}
        onClose={() => {
          // The last one asks first, in the same place.
        }}
      />
    </Sheet>
  );
}

function actions(props: Props, askDelete: () => void): Action[] {
  const { chat, conversation, message, moderates, onPurpose, onClose } = props;
  const mine = message.from === chat.me;
  const isText = message.content.type === 'text';
  const isYoung = Date.now() - Date.parse(message.sentAt) < EDIT_MS_MAX;
  const closing = (run: () => void) => () => {
    onClose();
    run();
  };
  const possible: (Action | false)[] = [
    !message.deleted && {
      icon: 'reply',
      label: t('message.reply'),
      run: closing(() => onPurpose({ kind: 'reply', message })),
    },
    isText && {
      icon: 'copy',
      label: t('message.copy'),
      run: closing(() => void copy(message.content.text ?? '')),
    },
    message.content.type === 'media' && {
      icon: 'install',
      label: t('media.save'),
      run: closing(() => void attempt(() => save(chat, message.content))),
    },
    mine &&
      isText &&
      isYoung && {
        icon: 'edit',
        label: t('message.edit'),
        run: closing(() => onPurpose({ kind: 'edit', message })),
      },
    {
      icon: 'info',
      label: t('message.info'),
      run: closing(() => go({ at: 'message', id: conversation.id, message: message.id })),
    },
    (mine || moderates) &&
      !message.deleted && {
        icon: 'trash',
        label: t('message.delete'),
        danger: true,
        run: askDelete,
      },
  ];
  return possible.filter((action) => action !== false);
}

async function copy(text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
  say(t('message.copied'));
}
