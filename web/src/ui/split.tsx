import { useEffect, useId, useRef, useState, type CSSProperties, type PointerEvent, type ReactNode } from 'react';
import { recall, remember } from '../app/local-store.js';
import { limited, shareByKey, shareIn, type Limits } from './split-share.js';
import classes from './split.module.css';

interface Props extends Limits {
  /** Where the browser remembers the place of the divider. */
  name?: string;
  /** What a screen reader calls the divider. */
  label: string;
  /** One below the other. */
  stacked?: boolean;
  /** The part whose size the divider sets; without it the rest has all the room. */
  sized?: ReactNode;
  sizedLast?: boolean;
  rest: ReactNode;
  /** The share of the sized part until somebody moves the divider; a double click goes back to it. */
  initial: number;
}

/**
 * Two parts with a divider for the mouse, fingers and arrow keys. Both stay the same elements when they change places or
 * the sized one is folded away.
 */
export function Split({ name, label, stacked = false, sized, sizedLast = false, rest, initial, ...limits }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const partId = useId();
  const [dragging, setDragging] = useState(false);
  const [moved, setMoved] = useState<{ name: string | undefined; share: number }>();
  const share = (moved?.name === name ? moved?.share : undefined) ?? shareIn(name && recall(name)) ?? initial;
  useEffect(() => {
    if (!dragging && moved?.name !== undefined) remember(moved.name, String(moved.share));
  }, [dragging, moved]);

  const room = () => frame.current?.[stacked ? 'offsetHeight' : 'offsetWidth'] ?? 0;
  const move = (wanted: number) => setMoved({ name, share: limited(wanted, limits, room()) });
  const drag = ({ clientX, clientY }: PointerEvent) => {
    const box = frame.current?.getBoundingClientRect();
    if (!dragging || box === undefined || room() === 0) return;
    const before = (stacked ? clientY - box.top : clientX - box.left) / room();
    move(sizedLast ? 1 - before : before);
  };
  const shown = sized !== undefined;
  const { min = 0, minPx = 0, max = 1 } = limits;
  const size: CSSProperties = {
    flex: `0 0 ${share * 100}%`,
    [stacked ? 'minHeight' : 'minWidth']: `max(${minPx}px, ${min * 100}%)`,
    [stacked ? 'maxHeight' : 'maxWidth']: `${max * 100}%`,
  };
  const parts = [
    shown && (
      <div key="sized" id={partId} className={classes.part} style={size}>
        {sized}
      </div>
    ),
    shown && (
      // A divider that moves is a widget, whatever its role is called.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
      <div
        key="divider"
        role="separator"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        className={classes.divider}
        data-dragged={dragging}
        aria-label={label}
        aria-controls={partId}
        aria-orientation={stacked ? 'horizontal' : 'vertical'}
        aria-valuenow={Math.round(share * 100)}
        aria-valuemin={Math.round(min * 100)}
        aria-valuemax={Math.round(max * 100)}
        onKeyDown={(event) => {
          const next = shareByKey(event.key, { share, stacked, sizedLast });
          if (next === undefined) return;
          event.preventDefault();
          move(next);
        }}
        onDoubleClick={() => move(initial)}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.preventDefault();
          event.currentTarget.focus();
          event.currentTarget.setPointerCapture(event.pointerId);
          setDragging(true);
        }}
        onPointerMove={drag}
        onLostPointerCapture={() => setDragging(false)}
      />
    ),
    <div key="rest" className={classes.part} data-rest>
      {rest}
    </div>,
  ];
  return (
    <div ref={frame} className={classes.split} data-stacked={stacked}>
      {sizedLast ? parts.toReversed() : parts}
    </div>
  );
}
