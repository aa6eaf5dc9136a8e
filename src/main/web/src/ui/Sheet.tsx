import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../i18n/texts';
import { Icon, type IconName } from './Icon';

const EDGE_PX = 8;

/** A place on the screen, in pixels. */
export interface Spot {
  x: number;
  y: number;
}

/** Where something was clicked; below it when that was done by a key. */
export function spotOf(event: MouseEvent): Spot {
  if (event.detail > 0) return { x: event.clientX, y: event.clientY };
  const { left, bottom } = (event.currentTarget as Element).getBoundingClientRect();
  return { x: left, y: bottom };
}

/** Something in front of all else: from the bottom on a phone, at its spot or in the middle on a desk. */
export function Sheet({
  label,
  card,
  spot,
  class: more = '',
  onClose,
  children,
}: {
  label: string;
  class?: string;
  card?: boolean;
  spot?: Spot;
  onClose(): void;
  children: ComponentChildren;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current!;
    const before = document.activeElement as HTMLElement | null;
    element.showModal();
    if (spot && matchMedia('(min-width: 760px)').matches) place(element, spot);
    return () => {
      element.close();
      before?.focus?.({ preventScroll: true });
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      class={`sheet${card ? ' card' : ''}${spot ? ' placed' : ''} ${more}`}
      aria-label={label}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
      onContextMenu={(event) => event.preventDefault()}
    >
      {children}
    </dialog>
  );
}

/** By its full size: it may still be growing to that. */
function place(element: HTMLElement, { x, y }: Spot): void {
  const left = Math.min(x, innerWidth - element.offsetWidth - EDGE_PX);
  const top = Math.min(y, innerHeight - element.offsetHeight - EDGE_PX);
  element.style.left = `${Math.max(EDGE_PX, left)}px`;
  element.style.top = `${Math.max(EDGE_PX, top)}px`;
}

export interface Action {
  icon: IconName;
  label: string;
  danger?: boolean;
  run(): void;
}

/** A list of what can be done with something. */
export function Actions({ actions, onClose }: { actions: Action[]; onClose(): void }) {
  return (
    <div class="actions">
      {actions.map(({ icon, label, danger, run }) => (
        <button
          type="button"
          key={label}
          class={danger ? 'danger' : ''}
          onClick={() => {
            onClose();
            run();
          }}
        >
          <Icon name={icon} size={22} />
          {label}
        </button>
      ))}
    </div>
  );
}

/** Asks before something that cannot be taken back. */
export function Confirm({
  title,
  text,
  action,
  onYes,
  onClose,
}: {
  title: string;
  text?: string;
  action: string;
  onYes(): void;
  onClose(): void;
}) {
  return (
    <Sheet label={title} card onClose={onClose}>
      <h2>{title}</h2>
      {text && <p class="text">{text}</p>}
      <div class="choices">
        <button type="button" class="button plain" onClick={onClose}>
          {t('action.cancel')}
        </button>
        <button
          type="button"
          class="button danger"
          onClick={() => {
            onClose();
            onYes();
          }}
        >
          {action}
        </button>
      </div>
    </Sheet>
  );
}
