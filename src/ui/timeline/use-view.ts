/** Which stretch of the timeline is in view. */
import { useMemo, useState } from 'react';
import { type Span, viewOf } from './timeline-series';

/** The stretch in view, and ways to change it; a view that ends at the newest moment follows it. */
export function useView(whole: Span) {
  const [chosen, setChosen] = useState<{ span: Span; following: boolean } | null>(null);
  const choose = (span: Span) => {
    const everything = span[0] <= whole[0] && span[1] >= whole[1];
    setChosen(everything ? null : { span, following: span[1] >= whole[1] });
  };
  const [fromS, toS] = viewOf(chosen?.span ?? null, chosen?.following ?? false, whole);
  const view = useMemo<Span>(() => [fromS, toS], [fromS, toS]);
  return { view, zoomed: chosen !== null, choose, showAll: () => setChosen(null) };
}
