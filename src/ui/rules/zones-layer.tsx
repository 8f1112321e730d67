/** Zones over the picture; the one that is being drawn has corners to move by mouse, finger and keyboard. */
import { type PointerEvent, useRef } from 'react';
import { useWatch } from '../watch-context';
import { Corners, outline, pointOn, type Size } from './polygon-editor';
import classes from './rules.module.css';
import { useDraft } from './use-draft';
import { withNewCorner } from './zone-shape';

export function ZonesLayer({ width, height }: Size) {
  const saved = useWatch((state) => state.sceneRules.zones);
  const { draft, change, changeZone } = useDraft();
  const layer = useRef<HTMLDivElement>(null);
  const zones = draft?.rules.zones ?? saved;
  const selected = zones.find(({ id }) => id === draft?.zoneId);
  const addCorner = (event: PointerEvent<SVGSVGElement>) => {
    const at = pointOn(layer.current, event, { width, height });
    if (selected && at) changeZone(selected.id, { points: withNewCorner(selected.points, at).points });
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
        <Corners
          name={selected.name}
          points={selected.points}
          size={{ width, height }}
          change={(points) => changeZone(selected.id, { points })}
        />
      )}
    </div>
  );
}
