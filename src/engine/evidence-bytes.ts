/** Maps of evidence and attention as bytes for the screen. */
import type { Attention, EvidenceMap } from '../detectors/detector';
import type { AttentionRange } from '../detectors/network-runner';

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

/** A network's attention for the screen: a map per level or range of time, and how much each range counted. */
export interface AttentionBytes {
  maps: (EvidenceBytes & { name: string })[];
  ranges: AttentionRange[];
}

/**
 * Attention as bytes on the scale of evidence: 0 where the network looked no more than on average, 255 at the frame's most
 * attended place. A map without a preferred place stays empty.
 */
export function attentionBytes({ maps, ranges }: Attention): AttentionBytes {
  return { maps: maps.map(({ name, ...map }) => ({ name, ...aboveMean(map) })), ranges };
}

/** Differences below this are no preference. */
const LEAST_PREFERENCE = 0.02;

function aboveMean({ width, height, values }: EvidenceMap): EvidenceBytes {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const span = Math.max(LEAST_PREFERENCE, values.reduce((most, value) => Math.max(most, value), 0) - mean);
  const bytes = Uint8Array.from(values, (value) => Math.round((255 * Math.max(0, value - mean)) / span));
  return { width, height, values: bytes };
}
