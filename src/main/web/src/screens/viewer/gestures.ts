import { useRef, useState } from 'preact/hooks';

/** How a picture lies on the screen: its size beside fitting in, and how far it is drawn aside. */
export interface Pose {
  scale: number;
  x: number;
  y: number;
}

export const AT_REST: Pose = { scale: 1, x: 0, y: 0 };

const SCALE_MAX = 6;
const TWICE_SCALE = 2.5;
const TWICE_MS = 300;
const SWIPE_PX = 60;
const CLOSE_PX = 110;

interface Point {
  x: number;
  y: number;
}

interface Wishes {
  /** To the next one (1), or back (-1). */
  onTurn(by: 1 | -1): void;
  onClose(): void;
}

/** Larger or smaller around a point, which stays where it is; the middle of the screen is 0, 0. */
export function scaled(pose: Pose, scale: number, around: Point): Pose {
  const next = Math.min(SCALE_MAX, Math.max(1, scale));
  if (next === 1) return AT_REST;
  const by = next / pose.scale;
  return {
    scale: next,
    x: around.x - (around.x - pose.x) * by,
    y: around.y - (around.y - pose.y) * by,
  };
}

/** So that an enlarged picture is never drawn off the screen. */
export function bounded({ scale, x, y }: Pose, width: number, height: number): Pose {
  const far = { x: ((scale - 1) * width) / 2, y: ((scale - 1) * height) / 2 };
  return {
    scale,
    x: Math.min(far.x, Math.max(-far.x, x)),
    y: Math.min(far.y, Math.max(-far.y, y)),
  };
}

/** What fingers, the mouse and its wheel do with a picture. */
export function useGestures({ onTurn, onClose }: Wishes) {
  const [pose, setPose] = useState(AT_REST);
  /** It follows the finger at once, and goes back calmly. */
  const [held, setHeld] = useState(false);
  const points = useRef(new Map<number, Point>());
  const start = useRef<{ point: Point; pose: Pose; apart: number }>(undefined);
  const tapped = useRef(0);

  function begin(): void {
    const all = [...points.current.values()];
    start.current = { point: middle(all), pose, apart: apart(all) };
  }

  function end(event: PointerEvent): void {
    const begun = start.current;
    points.current.delete(event.pointerId);
    if (points.current.size > 0) return begin();
    setHeld(false);
    start.current = undefined;
    if (!begun || pose.scale > 1) return;
    const moved = { x: pose.x, y: pose.y };
    setPose(AT_REST);
    if (event.type !== 'pointerup') return;
    if (Math.abs(moved.x) > SWIPE_PX) onTurn(moved.x < 0 ? 1 : -1);
    else if (Math.abs(moved.y) > CLOSE_PX) onClose();
  }

  return {
    pose,
    held,
    zoom: (by: number) =>
      setPose((now) => onScreen(scaled(now, now.scale * by, { x: 0, y: 0 }))),
    handlers: {
      onPointerDown(event: PointerEvent) {
        if (event.button !== 0) return;
        (event.currentTarget as Element).setPointerCapture(event.pointerId);
        points.current.set(event.pointerId, placeOf(event));
        setHeld(true);
        begin();
      },
      onPointerMove(event: PointerEvent) {
        if (!points.current.has(event.pointerId) || !start.current) return;
        points.current.set(event.pointerId, placeOf(event));
        const all = [...points.current.values()];
        const { point, pose: before, apart: apartBefore } = start.current;
        const now = middle(all);
        const moved = { x: before.x + now.x - point.x, y: before.y + now.y - point.y };
        if (all.length > 1) {
          const scale = before.scale * (apart(all) / apartBefore);
          setPose(onScreen(scaled({ ...before, ...moved }, scale, now)));
        } else if (before.scale > 1) setPose(onScreen({ scale: before.scale, ...moved }));
        // One that fits in is drawn aside or away, not both.
        else if (Math.abs(moved.x) > Math.abs(moved.y)) setPose({ scale: 1, x: moved.x, y: 0 });
        else setPose({ scale: 1, x: 0, y: moved.y });
      },
      onPointerUp(event: PointerEvent) {
        const still = Math.hypot(pose.x, pose.y) < 8 || pose.scale > 1;
        const twice = event.timeStamp - tapped.current < TWICE_MS;
        tapped.current = event.timeStamp;
        const around = placeOf(event);
        end(event);
        if (!twice || !still) return;
        tapped.current = 0;
        setPose(pose.scale > 1 ? AT_REST : scaled(AT_REST, TWICE_SCALE, around));
      },
      onPointerCancel: end,
      onWheel(event: WheelEvent) {
        const around = placeOf(event);
        setPose((now) => onScreen(scaled(now, now.scale * Math.exp(-event.deltaY / 300), around)));
      },
    },
  };
}

function onScreen(pose: Pose): Pose {
  return bounded(pose, innerWidth, innerHeight);
}

/** From the middle of what it happened on. */
function placeOf(event: MouseEvent): Point {
  const box = (event.currentTarget as Element).getBoundingClientRect();
  return {
    x: event.clientX - box.left - box.width / 2,
    y: event.clientY - box.top - box.height / 2,
  };
}

function middle(all: Point[]): Point {
  const sum = all.reduce((a, b) => ({ x: a.x + b.x, y: a.y + b.y }), { x: 0, y: 0 });
  return { x: sum.x / all.length, y: sum.y / all.length };
}

function apart([a, b]: Point[]): number {
  return a && b ? Math.max(1, Math.hypot(a.x - b.x, a.y - b.y)) : 1;
}
