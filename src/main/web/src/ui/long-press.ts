import { useRef } from 'preact/hooks';
import type { Spot } from './Sheet';

const HOLD_MS = 420;
const MOVE_PX_MAX = 10;

/** Holding a finger on something, or clicking it with the other button. */
export function useLongPress(onPress: (spot: Spot) => void) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const from = useRef<Spot>({ x: 0, y: 0 });
  const stop = () => clearTimeout(timer.current);
  return {
    onPointerDown(event: PointerEvent) {
      if (event.pointerType === 'mouse') return;
      const spot = { x: event.clientX, y: event.clientY };
      from.current = spot;
      stop();
      timer.current = setTimeout(() => {
        navigator.vibrate?.(10);
        onPress(spot);
      }, HOLD_MS);
    },
    onPointerMove(event: PointerEvent) {
      const { x, y } = from.current;
      if (Math.hypot(event.clientX - x, event.clientY - y) > MOVE_PX_MAX) stop();
    },
    onPointerUp: stop,
    onPointerCancel: stop,
    onContextMenu(event: MouseEvent) {
      if ((event.target as Element).closest('a')) return;
      event.preventDefault();
      // A finger that is held has been heard already.
      if ((event as PointerEvent).pointerType === 'touch') return;
      onPress({ x: event.clientX, y: event.clientY });
    },
  };
}
