import { useRef, useState } from 'preact/hooks';
import { t } from '../../../i18n/texts';
import { IconButton } from '../../../ui/controls';
import { Actions, Sheet, type Spot } from '../../../ui/Sheet';

/** The menu opens above its button, towards the middle of the conversation. */
const MENU_PX = { x: 256, y: 150 };

/** Lets the user choose what to send: from their pictures, from the camera, any file. */
export function AttachButton({ onFiles }: { onFiles(files: File[]): void }) {
  const [spot, setSpot] = useState<Spot>();
  const input = useRef<HTMLInputElement>(null);
  function choose(accept: string, capture?: string): void {
    const element = input.current!;
    element.accept = accept;
    element.multiple = !capture;
    if (capture) element.setAttribute('capture', capture);
    else element.removeAttribute('capture');
    element.click();
  }
  const touches = matchMedia('(hover: none)').matches;
  return (
    <>
      <IconButton
        icon="clip"
        label={t('attach.open')}
        onClick={(event) => {
          const { left, top } = event.currentTarget.getBoundingClientRect();
          setSpot({ x: left - MENU_PX.x, y: top - MENU_PX.y });
        }}
      />
      <input
        ref={input}
        type="file"
        multiple
        class="unseen"
        tabIndex={-1}
        aria-hidden="true"
        data-testid="files"
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          event.currentTarget.value = '';
          if (files.length > 0) onFiles(files);
        }}
      />
      {spot && (
        <Sheet label={t('attach.open')} spot={spot} onClose={() => setSpot(undefined)}>
          <Actions
            onClose={() => setSpot(undefined)}
            actions={[
              {
                icon: 'image',
                label: t('attach.library'),
                run: () => choose('image/*,video/*'),
              },
              ...(touches
                ? [
                    {
                      icon: 'camera' as const,
                      label: t('attach.camera'),
                      run: () => choose('image/*', 'environment'),
                    },
                  ]
                : []),
              { icon: 'file', label: t('attach.file'), run: () => choose('') },
            ]}
          />
        </Sheet>
      )}
    </>
  );
}
