import { t } from '../../i18n/texts';
import type { Chat } from '../../model/chat';
import { say } from '../../model/toasts';
import type { Conversation } from '../../store/database';
import { attempt } from '../../ui/errors';
import { Actions, Sheet, type Spot } from '../../ui/Sheet';

/** What can be done with a conversation from the list. */
export function ConversationMenu({
  chat,
  conversation,
  spot,
  onClose,
}: {
  chat: Chat;
  conversation: Conversation;
  spot: Spot;
  onClose(): void;
}) {
  const { id, pinned, muted, archived } = conversation;
  const arrange = (change: Parameters<Chat['arrange']>[1]) =>
    attempt(() => chat.arrange(id, change));

  async function archive(): Promise<void> {
    if (!(await arrange({ archived: !archived })) || archived) return;
    say(t('list.archiveDone'), {
      label: t('action.undo'),
      run: () => void arrange({ archived: false }),
    });
  }

  return (
    <Sheet
      label={t('list.actions', { name: chat.title(conversation) })}
      spot={spot}
      onClose={onClose}
    >
      <Actions
        onClose={onClose}
        actions={[
          {
            icon: 'pin',
            label: t(pinned ? 'list.unpin' : 'list.pin'),
            run: () => void arrange({ pinned: !pinned }),
          },
          {
            icon: muted ? 'bell' : 'mute',
            label: t(muted ? 'list.unmute' : 'list.mute'),
            run: () => void arrange({ muted: !muted }),
          },
          {
            icon: 'archive',
            label: t(archived ? 'list.unarchive' : 'list.archive'),
            run: () => void archive(),
          },
        ]}
      />
    </Sheet>
  );
}
