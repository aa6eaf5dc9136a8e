import { t } from '../../../i18n/texts';
import type { Chat } from '../../../model/chat';
import { mediaName } from '../../../model/preview';
import { attempt } from '../../../ui/errors';
import { Icon } from '../../../ui/Icon';
import type { Content } from '../../../wire/forms';
import { bytes } from './amounts';
import { save } from './save';
import type { Piece } from './piece';
import { UploadRing } from './UploadRing';

/** A file: what it is called and how large it is; it is saved from here. */
export function FileCard({ chat, piece }: { chat: Chat; piece: Piece }) {
  const { content, draft } = piece;
  const inside = <FileFacts content={content} />;
  if (draft) {
    return (
      <span class="file" data-testid="file">
        {draft.upload && draft.refused === undefined ? (
          <UploadRing chat={chat} draft={draft} />
        ) : (
          <FileSign name={content.name} />
        )}
        {inside}
      </span>
    );
  }
  return (
    <button
      type="button"
      class="file"
      aria-label={`${t('media.save')}: ${mediaName(content)}`}
      onClick={() => void attempt(() => save(chat, content))}
      data-testid="file"
    >
      <FileSign name={content.name} />
      {inside}
      <Icon name="install" size={20} />
    </button>
  );
}

export function FileFacts({ content }: { content: Content }) {
  return (
    <span class="grow">
      <span class="file-name">{mediaName(content)}</span>
      {content.size !== undefined && <span class="file-size">{bytes(content.size)}</span>}
    </span>
  );
}

/** A sheet with the end of its name on it. */
export function FileSign({ name = '' }: { name?: string }) {
  const end = /\.([a-z0-9]{1,4})$/i.exec(name)?.[1];
  return (
    <span class="file-sign" aria-hidden="true">
      {end ? end.toUpperCase() : <Icon name="file" size={22} />}
    </span>
  );
}
