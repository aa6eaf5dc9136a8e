import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { Refusal } from '../api/problem';
import { t } from '../i18n/texts';
import { Avatar } from './Avatar';
import { attempt } from './errors';
import { Icon } from './Icon';

interface Props {
  id: string;
  name: string;
  group?: boolean;
  /** There is one that could be taken away. */
  has: boolean;
  onPicture(picture: Blob): Promise<void>;
  onRemove(): Promise<void>;
}

/** Somebody's or a group's picture, and the way to another one. */
export function PictureChooser({ id, name, group, has, onPicture, onRemove }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [editor, setEditor] = useState<ComponentChildren>();

  async function edit(file: File): Promise<void> {
    const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(
      (cause: unknown) => {
        throw new Refusal('not-a-picture', 415, false, String(cause));
      },
    );
    const { PictureEditor } = await import('../screens/PictureEditor');
    const onClose = () => {
      setEditor(undefined);
      bitmap.close();
    };
    setEditor(<PictureEditor bitmap={bitmap} onDone={onPicture} onClose={onClose} />);
  }

  return (
    <div class="picture-chooser">
      <button
        type="button"
        class="picture-choose"
        aria-label={t('picture.change')}
        onClick={() => input.current?.click()}
      >
        <Avatar id={id} name={name} group={group} size="huge" />
        <span class="picture-sign">
          <Icon name="camera" size={20} />
        </span>
      </button>
      <input
        ref={input}
        type="file"
        accept="image/*"
        class="unseen"
        tabIndex={-1}
        aria-hidden="true"
        data-testid="picture-file"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = '';
          if (file) void attempt(() => edit(file));
        }}
      />
      {has && (
        <button type="button" class="link" onClick={() => void attempt(onRemove)}>
          {t('picture.remove')}
        </button>
      )}
      {editor}
    </div>
  );
}
