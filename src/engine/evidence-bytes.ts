/** Evidence maps as bytes for the screen. */
import type { EvidenceMap } from '../detectors/detector';

export interface EvidenceBytes {
  width: number;
  height: number;
  /** 0 ordinary, 255 at or above twice the reference score. */
  values: Uint8Array<ArrayBuffer>;
}

/** The map scaled so that `alertRaw`, the raw score that should catch the eye, becomes half of the range. */
export function evidenceBytes(map: EvidenceMap, alertRaw: number): EvidenceBytes {
  const values = new Uint8Array(map.values.length);
  const scale = 255 / (2 * Math.max(alertRaw, 1e-6));
  for (let index = 0; index < values.length; index++) {
    values[index] = Math.min(255, Math.max(0, Math.round(map.values[index] * scale)));
  }
  return { width: map.width, height: map.height, values };
}
