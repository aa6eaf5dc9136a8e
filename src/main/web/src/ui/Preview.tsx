import { placeholderUrl } from '../media/placeholder';
import type { Chat } from '../model/chat';
import { preview, previewIcon } from '../model/preview';
import type { Content, Message } from '../wire/forms';
import { Icon } from './Icon';

/** What a message says in one line, with a sign of what it is. */
export function Preview(props: { chat: Chat; message: Pick<Message, 'content' | 'from'> }) {
  const icon = previewIcon(props.message.content);
  return (
    <>
      {icon && (
        <span class="preview-sign">
          <Icon name={icon} size={15} />
        </span>
      )}
      {preview(props.chat, props.message)}
    </>
  );
}

/** A picture or video, very small; nothing for all else. */
export function Thumb({ chat, content }: { chat: Chat; content: Content }) {
  const { mediaId, kind, placeholder } = content;
  if (!mediaId || (kind !== 'image' && kind !== 'video')) return null;
  const url = chat.media.of(content, '128').url ?? (placeholder && placeholderUrl(placeholder));
  return url ? <img class="thumb" src={url} alt="" /> : null;
}
