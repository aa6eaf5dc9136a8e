import { useRef } from 'preact/hooks';
import type { Spot } from './Sheet';

const HOLD_MS = 420;
const MOVE_PX_MAX = 10;

/** So far something is drawn aside until that counts, and so far at most. */
const SWIPE_PX = 56;
const SWIPE_PX_MAX = 80;

/** What fingers do with something, and what clicking it with the other button does. */
interface Touched {
  /** It was held. */
  onHold(spot: Spot): void;
  /** It was drawn towards the end of the line. */
  onSwipe?(): void;
}

export function useTouch({ onHold, onSwipe }: Touched) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const from = useRef<Spot>(undefined);
  const stop = () => clearTimeout(timer.current);

  function drawn(event: PointerEvent): number {
    const x = from.current ? event.clientX - from.current.x : 0;
    return Math.min(SWIPE_PX_MAX, Math.max(0, x));
  }

  function end(event: PointerEvent): void {
    stop();
    const done = event.type === 'pointerup' && drawn(event) >= SWIPE_PX;
    if (from.current) draw(event, 0);
    from.current = undefined;
    if (done) onSwipe?.();
  }

  return {
    onPointerDown(event: PointerEvent) {
      if (event.pointerType === 'mouse') return;
      const spot = { x: event.clientX, y: event.clientY };
      from.current = spot;
      stop();
      timer.current = setTimeout(() => {
        from.current = undefined;
        navigator.vibrate?.(10);
        onHold(spot);
      }, HOLD_MS);
    },
    onPointerMove(event: PointerEvent) {
      if (!from.current) return;
      const { x, y } = from.current;
      if (Math.hypot(event.clientX - x, event.clientY - y) > MOVE_PX_MAX) stop();
      if (onSwipe) draw(event, drawn(event));
    },
    onPointerUp: end,
    onPointerCancel: end,
    onContextMenu(event: MouseEvent) {
      if ((event.target as Element).closest('a[target]')) return;
      event.preventDefault();
      // A finger that is held has been heard already.
      if ((event as PointerEvent).pointerType === 'touch') return;
      onHold({ x: event.clientX, y: event.clientY });
    },
  };
}

function draw(event: PointerEvent, px: number): void {
  (event.currentTarget as HTMLElement).style.translate = px === 0 ? '' : `${px}px 0`;
}
