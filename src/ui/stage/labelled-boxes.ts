/** Which boxes are drawn over a frame, which of them stand out, and in what words. */

import { type Box, boxArea } from '../../lib/box';
import type { ObservedFrame } from '../../worker/protocol';
import { objectName } from '../words/reasons';

/** Evidence at the alert threshold: what reaches it stands out. */
const THRESHOLD = 128;
/** So does what lasts: a thing that is by itself as rare as once in so many seconds, though no single moment of it is. */
const RARE_S = 600;
/** Words on the picture are for the few strongest; the rest is outlined only. */
const MOST_LABELS = 3;

export interface LabelledBox {
  /** In pixels of the analysed frame. */
  box: Box;
  unusual: boolean;
  /** What it is and why it stands out; null for quiet boxes and beyond the strongest few. */
  label: { name: string; reason: string } | null;
}

/** Largest evidence 0…255 in the cells that the box touches; frame size in pixels. */
export function peakEvidence(box: Box, evidence: ObservedFrame['evidence'], width: number, height: number): number {
  const columns = evidence.width / width;
  const rows = evidence.height / height;
  const lastX = Math.min(evidence.width, Math.ceil(box.x1 * columns));
  const lastY = Math.min(evidence.height, Math.ceil(box.y1 * rows));
  let peak = 0;
  for (let y = Math.max(0, Math.floor(box.y0 * rows)); y < lastY; y++) {
    for (let x = Math.max(0, Math.floor(box.x0 * columns)); x < lastX; x++) {
      peak = Math.max(peak, evidence.values[y * evidence.width + x]);
    }
  }
  return peak;
}

/**
 * Quiet boxes first, then the unusual ones, the most unusual last so that it lies on top. Movement that nothing was recognised in
 * is outlined only where it is unusual.
 */
export function labelledBoxes(frame: ObservedFrame, width: number, height: number): LabelledBox[] {
  const judged = frame.moment.objects
    .filter((object) => boxArea(object) > 0)
    .sort((a, b) => a.raw - b.raw)
    .map((object) => ({
      object,
      unusual:
        object.reasons.length > 0 &&
        ((object.returnPeriodS ?? 0) >= RARE_S || peakEvidence(object, frame.evidence, width, height) >= THRESHOLD),
    }))
    .filter(({ object, unusual }) => unusual || object.label !== 'motion');
  const loudest = judged.filter(({ unusual }) => unusual).slice(-MOST_LABELS);
  return judged
    .map((entry) => {
      const label = loudest.includes(entry)
        ? { name: objectName(entry.object.label, entry.object.reasons), reason: entry.object.reasons[0].text }
        : null;
      return { box: entry.object, unusual: entry.unusual, label };
    })
    .sort((a, b) => Number(a.unusual) - Number(b.unusual));
}
