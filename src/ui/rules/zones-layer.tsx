/** Zones over the picture; the one that is being drawn has corners to move by mouse, finger and keyboard. */
import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import type { Point, Zone } from '../../alerts/zone';
import { useWatch } from '../watch-context';
import classes from './rules.module.css';
import { useDraft } from './use-draft';
import { withCorner, withNewCorner, withoutCorner } from './zone-shape';

interface Size {
  width: number;
  height: number;
}

const outline = (points: readonly Point[]) => points.map(({ x, y }) => `${x},${y}`).join(' ');

/** Keys move a corner by this share of the picture's width, with Shift by a fifth of it. */
const KEY_STEP = 0.01;
const directions: Record<string, Point> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

function Corners({ zone, size, change }: { zone: Zone; size: Size; change: (points: Point[]) => void }) {
  const { width, height } = size;
  const move = (index: number, to: Point) => change(withCorner(zone.points, index, to, width, height));
  const drag = (event: PointerEvent<HTMLButtonElement>, index: number) => {
    const frame = event.currentTarget.parentElement?.getBoundingClientRect();
    if (!frame || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const x = ((event.clientX - frame.left) / frame.width) * width;
    move(index, { x, y: ((event.clientY - frame.top) / frame.height) * height });
  };
  const press = (event: KeyboardEvent, index: number) => {
    const direction = directions[event.key];
    const step = KEY_STEP * width * (event.shiftKey ? 0.2 : 1);
    const { x, y } = zone.points[index];
    if (direction) move(index, { x: x + step * direction.x, y: y + step * direction.y });
    else if (event.key === 'Delete' || event.key === 'Backspace') change(withoutCorner(zone.points, index));
    else return;
    event.preventDefault();
  };
  return zone.points.map(({ x, y }, index) => (
    <button
      // biome-ignore lint/suspicious/noArrayIndexKey: a corner is known by its place in the polygon
      key={index}
      type="button"
      className={classes.corner}
      style={{ left: `${(100 * x) / width}%`, top: `${(100 * y) / height}%` }}
      aria-label={`Corner ${index + 1} of ${zone.name}: arrow keys move it, Delete removes it`}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={(event) => drag(event, index)}
      onKeyDown={(event) => press(event, index)}
    />
  ));
}

export function ZonesLayer({ width, height }: Size) {
  const saved = useWatch((state) => state.sceneRules.zones);
  const { draft, change, changeZone } = useDraft();
  const layer = useRef<HTMLDivElement>(null);
  const zones = draft?.rules.zones ?? saved;
  const selected = zones.find(({ id }) => id === draft?.zoneId);
  const addCorner = (event: PointerEvent<SVGSVGElement>) => {
    const frame = layer.current?.getBoundingClientRect();
    if (!selected || !frame) return;
    const x = ((event.clientX - frame.left) / frame.width) * width;
    const y = ((event.clientY - frame.top) / frame.height) * height;
    changeZone(selected.id, { points: withNewCorner(selected.points, { x, y }).points });
  };
  if (!zones.length) return null;
  return (
    <div ref={layer} className={classes.layer} data-editing={selected ? true : undefined}>
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true" onPointerDown={addCorner}>
        {zones.map(({ id, kind, points }) => (
          <polygon
            key={id}
            points={outline(points)}
            data-kind={kind}
            data-selected={id === selected?.id}
            onPointerDown={(event) => {
              if (!draft || id === selected?.id) return;
              event.stopPropagation();
              change({ zoneId: id });
            }}
          />
        ))}
      </svg>
      {selected && (
        <Corners zone={selected} size={{ width, height }} change={(points) => changeZone(selected.id, { points })} />
      )}
    </div>
  );
}
