import type { ComponentChildren, RefObject } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Offsets } from './offsets';

/** Rows are rendered so far beyond what can be seen. */
const AHEAD_PX = 700;

/** From here on more is asked for. */
const NEAR_START_PX = 1_200;

/** So close to the end counts as being there. */
const AT_END_PX = 40;

/** What can be asked of a list from outside. */
export interface ListHandle {
  toEnd(): void;
  toKey(key: string): void;
}

interface Props<T> {
  rows: readonly T[];
  keyOf(row: T): string;
  render(row: T): ComponentChildren;
  /** Whether it stays between the same rows, whatever comes before it. */
  holds(row: T): boolean;
  guessPx: number;
  /** The row to begin at; without it the end. */
  beginAt?: string;
  handle: RefObject<ListHandle | null>;
  onNearStart(): void;
  onAtEnd(atEnd: boolean): void;
  /** So far down the reader can see. */
  onSeen(row: T): void;
  label: string;
  onKeyDown?(event: KeyboardEvent): void;
}

/**
 * A list that grows at both ends and renders only what can be seen. What the reader looks at stays
 * where it is, whatever comes above it; who is at the end stays at the end.
 */
export function VirtualList<T>(props: Props<T>) {
  const { rows, keyOf, render } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const offsets = useRef<Offsets>(null as never);
  offsets.current ??= new Offsets(props.guessPx);
  const anchor = useRef<{ key: string; below: number } | undefined>(
    props.beginAt ? { key: props.beginAt, below: 120 } : undefined,
  );
  /** Where this list has scrolled to itself. */
  const ours = useRef(NaN);
  const [view, setView] = useState({ top: Number.MAX_SAFE_INTEGER, height: 800 });
  const [, measuredAgain] = useState(0);
  const latest = useRef(props);
  latest.current = props;

  const keys = useMemo(() => rows.map(keyOf), [rows]);
  offsets.current.setKeys(keys);
  const places = offsets.current;
  const top = Math.min(view.top, Math.max(0, places.total - view.height));
  const first = places.indexAt(Math.max(0, top - AHEAD_PX));
  const last = Math.min(rows.length, places.indexAt(top + view.height + AHEAD_PX) + 1);

  /** The reader has scrolled: remembers what they look at. What this list does itself is no news. */
  function look(): void {
    const element = scroller.current!;
    const { scrollTop, clientHeight, scrollHeight } = element;
    const atEnd = scrollHeight - scrollTop - clientHeight < AT_END_PX;
    // NaN is like no place at all, so that every move of the reader counts.
    if (!(Math.abs(scrollTop - ours.current) < 1)) {
      ours.current = NaN;
      anchor.current = atEnd ? undefined : held(scrollTop);
    }
    report();
    if (scrollTop < NEAR_START_PX) latest.current.onNearStart();
    show(scrollTop, clientHeight);
  }

  /** Tells how far down the reader is. */
  function report(): void {
    const { scrollTop, clientHeight, scrollHeight } = scroller.current!;
    const { rows, onAtEnd, onSeen } = latest.current;
    onAtEnd(scrollHeight - scrollTop - clientHeight < AT_END_PX);
    const last = rows[places.indexAt(scrollTop + clientHeight - AT_END_PX)];
    if (last !== undefined) onSeen(last);
  }

  function held(scrollTop: number): { key: string; below: number } | undefined {
    const { rows, holds } = latest.current;
    let index = places.indexAt(scrollTop + 1);
    while (index < rows.length - 1 && !holds(rows[index]!)) index++;
    const key = places.keyAt(index);
    return key === undefined ? undefined : { key, below: places.start(index) - scrollTop };
  }

  /** Renders around there, unless that is rendered already. */
  function show(top: number, height: number): void {
    setView((before) =>
      Math.abs(before.top - top) < AHEAD_PX / 3 && before.height === height
        ? before
        : { top, height },
    );
  }

  /** Puts what the reader looked at back to where it was. */
  function hold(): void {
    const element = scroller.current!;
    const kept = anchor.current;
    const start = kept && places.startOf(kept.key);
    const end = element.scrollHeight - element.clientHeight;
    const wanted = kept && start !== undefined ? start - kept.below : end;
    const isThere = Math.abs(element.scrollTop - wanted) <= 0.5;
    if (!isThere) element.scrollTop = wanted;
    // The browser itself may have moved there, when what is shown had become shorter.
    ours.current = element.scrollTop;
    if (!isThere) show(element.scrollTop, element.clientHeight);
  }

  /** Leaves room for the rows that are not rendered. */
  function pad(): void {
    const { style } = body.current!;
    style.paddingTop = `${places.start(first)}px`;
    style.paddingBottom = `${places.total - places.start(last)}px`;
  }

  useLayoutEffect(() => {
    const measured = [...body.current!.children].map(
      (row) => [(row as HTMLElement).dataset.key!, row.getBoundingClientRect().height] as const,
    );
    if (places.measure(measured)) measuredAgain((n) => n + 1);
    pad();
    hold();
    report();
    if (scroller.current!.scrollTop < NEAR_START_PX) latest.current.onNearStart();
  });

  useEffect(() => {
    const element = scroller.current!;
    let width = element.clientWidth;
    const observer = new ResizeObserver(() => {
      if (element.clientWidth !== width) places.forget();
      width = element.clientWidth;
      setView((before) => ({ ...before, height: element.clientHeight }));
      measuredAgain((n) => n + 1);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  props.handle.current = {
    toEnd() {
      anchor.current = undefined;
      setView({ top: Number.MAX_SAFE_INTEGER, height: view.height });
      requestAnimationFrame(hold);
    },
    toKey(key) {
      anchor.current = { key, below: view.height / 3 };
      setView({
        top: Math.max(0, (places.startOf(key) ?? 0) - view.height / 3),
        height: view.height,
      });
      requestAnimationFrame(hold);
    },
  };

  return (
    <div
      ref={scroller}
      class="scroller"
      role="log"
      aria-live="off"
      aria-label={props.label}
      tabIndex={0}
      onScroll={look}
      onKeyDown={props.onKeyDown}
      data-testid="timeline"
    >
      <div ref={body} class="rows">
        {rows.slice(first, last).map((row) => (
          <div key={keyOf(row)} data-key={keyOf(row)} class="row">
            {render(row)}
          </div>
        ))}
      </div>
    </div>
  );
}
