/** The smallest picture worth analysing, and its refusal. */
import { SourceError } from './frame';

/** Shortest side of a picture that is accepted, in pixels. */
const SMALLEST_SIDE = 16;

/** Throws SourceError 'too-small' for a picture with a side under 16 pixels. */
export function refuseTooSmall(name: string, width: number, height: number): void {
  if (Math.min(width, height) >= SMALLEST_SIDE) return;
  throw new SourceError(
    'too-small',
    `“${name}” is only ${width} × ${height} pixels; choose one with at least ${SMALLEST_SIDE} × ${SMALLEST_SIDE}.`,
  );
}
