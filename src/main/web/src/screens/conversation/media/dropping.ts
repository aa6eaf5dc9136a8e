import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** Takes the files that are dropped on the conversation, and shows before that it would. */
export function useDropping(
  inside: RefObject<HTMLElement | null>,
  invitation: string,
  onFiles: (files: File[]) => void,
): void {
  const latest = useRef(onFiles);
  latest.current = onFiles;
  useEffect(() => {
    const place = inside.current?.closest<HTMLElement>('.conversation');
    if (!place) return;
    let depth = 0;
    const show = (on: boolean) => {
      if (on) place.dataset.dropping = invitation;
      else delete place.dataset.dropping;
    };
    const listeners: Record<string, (event: DragEvent) => void> = {
      dragenter: () => show(++depth > 0),
      dragleave: () => show(--depth > 0),
      dragover: (event) => event.preventDefault(),
      drop: (event) => {
        event.preventDefault();
        depth = 0;
        show(false);
        latest.current([...(event.dataTransfer?.files ?? [])]);
      },
    };
    const heard = Object.entries(listeners).map(([type, listener]) => {
      const hear = (event: Event) => {
        if ((event as DragEvent).dataTransfer?.types.includes('Files')) {
          listener(event as DragEvent);
        }
      };
      place.addEventListener(type, hear);
      return () => place.removeEventListener(type, hear);
    });
    return () => {
      show(false);
      for (const end of heard) end();
    };
  }, [invitation]);
}
