/** How a shipped network was trained: the losses of every update, as the training command wrote them beside the weights. */

/** One update. */
export interface CurvePoint {
  step: number;
  /** What was minimised. */
  total: number;
  /** 1 − AUC of what was left out of training, where it was measured after this update. */
  validation?: number;
}

/** Points a chart needs at most. */
const MOST_POINTS = 150;

/** The curve of a detector, from the app's own origin; null where it has none. Throws with what to do where it cannot be read. */
export async function fetchTrainingCurve(detector: string, signal?: AbortSignal): Promise<CurvePoint[] | null> {
  const response = await fetch(`${import.meta.env.BASE_URL}models/${detector}/curve.json`, { signal });
  // Hosts of single-page apps answer with the page itself where a file is missing.
  if (!response.ok || response.headers.get('Content-Type')?.startsWith('text/html')) return null;
  const curve: unknown = await response.json();
  if (!Array.isArray(curve)) throw new Error(`The training curve of ${detector} is damaged; reload the page.`);
  return curve as CurvePoint[];
}

/** Means over runs of updates, so that at most `MOST_POINTS` are left; each ends at its last update and keeps what was validated in it. */
export function smoothedCurve(curve: readonly CurvePoint[], most = MOST_POINTS): CurvePoint[] {
  const length = Math.max(1, Math.ceil(curve.length / most));
  return Array.from({ length: Math.ceil(curve.length / length) }, (_, index) => {
    const run = curve.slice(index * length, (index + 1) * length);
    const total = run.reduce((sum, point) => sum + point.total, 0) / run.length;
    const validated = run.findLast(({ validation }) => validation !== undefined);
    const { step } = run[run.length - 1];
    return validated ? { step, total, validation: validated.validation } : { step, total };
  });
}
