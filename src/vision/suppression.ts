/** Raw detector peaks to one detection per thing: class-agnostic suppression that keeps what every class thought. */
import { type Box, boxArea, intersectionArea, intersectionOverUnion } from '../lib/box';

/** One detection: a box, its best class, and how much every class responded in it. */
export interface Detection extends Box {
  classIndex: number;
  /** 0…1. */
  confidence: number;
  /** Best confidence of each of the 80 COCO classes among the peaks that share this box, 0…1. */
  classes: Float32Array;
  /** Appearance at the centre. */
  embedding: Float32Array;
}

export interface Peak extends Box {
  classIndex: number;
  confidence: number;
  embedding: Float32Array;
}

export const CLASSES = 80;
/** Class index of what moves without having been recognised. */
export const UNKNOWN_CLASS = -1;

/** A box with at least this share of its area inside a larger, surer one of twice its area is a part of it, such as a foot or a bag. */
const PART = 0.7;

/**
 * Greedy non-maximum suppression over all classes: the most confident peak of a place stays if it reaches
 * `minimumConfidence`; peaks that overlap it by more than `overlap`, or are a part of it, only add to its class responses.
 */
export function suppressed(peaks: readonly Peak[], minimumConfidence: number, overlap: number): Detection[] {
  const detections: Detection[] = [];
  for (const peak of [...peaks].sort((a, b) => b.confidence - a.confidence)) {
    let taken = false;
    for (const detection of detections) {
      if (intersectionOverUnion(detection, peak) <= overlap && !isPart(peak, detection)) continue;
      taken = true;
      detection.classes[peak.classIndex] = Math.max(detection.classes[peak.classIndex], peak.confidence);
    }
    if (taken || peak.confidence < minimumConfidence) continue;
    const classes = new Float32Array(CLASSES);
    classes[peak.classIndex] = peak.confidence;
    detections.push({ ...peak, classes });
  }
  return detections;
}

const isPart = (part: Box, whole: Box) =>
  2 * boxArea(part) < boxArea(whole) && intersectionArea(part, whole) > PART * boxArea(part);
