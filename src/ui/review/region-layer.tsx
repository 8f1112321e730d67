/** The region that is searched, over the recording's picture, with corners to move. */
import { type PointerEvent, useEffect, useRef } from 'react';
import { useReview, useReviewActions } from '../review-context';
import { Corners, outline, pointOn, type Size } from '../rules/polygon-editor';
import classes from '../rules/rules.module.css';
import { withNewCorner } from '../rules/zone-shape';

export function RegionLayer({ width, height }: Size) {
  const points = useReview((state) => state.search?.points);
  const { search } = useReviewActions();
  const layer = useRef<HTMLDivElement>(null);
  const isShown = points !== undefined;
  useEffect(() => {
    // Opened by key: there is where to go on. Whoever pressed the tab goes on below it.
    if (isShown && document.activeElement?.role !== 'tab')
      layer.current?.querySelector('button')?.focus({ preventScroll: true });
  }, [isShown]);
  if (!points) return null;
  const addCorner = (event: PointerEvent<SVGSVGElement>) => {
    const at = pointOn(layer.current, event, { width, height });
    if (at) search.setRegion(withNewCorner(points, at).points);
  };
  return (
    <div ref={layer} className={classes.layer} data-editing>
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true" onPointerDown={addCorner}>
        <polygon points={outline(points)} data-selected />
      </svg>
      <Corners name="the region" points={points} size={{ width, height }} change={search.setRegion} />
    </div>
  );
}
