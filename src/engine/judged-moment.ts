/** From a detector's observation to the moment that rules, report and screen know. */
import type { Moment } from '../alerts/moment';
import type { EvidenceMap, Observation } from '../detectors/detector';

/** The observation without its maps, and with the place (in pixels of the frame) where the map is strongest. */
export function judgedMoment(observation: Observation, frame: { width: number; height: number }): Moment {
  const { evidence, attention: _attention, motion: _motion, ...moment } = observation;
  const place = strongestPlace(evidence, frame);
  return place ? { ...moment, place } : moment;
}

/** Centre of the cell with the most evidence; null where there is none at all. */
function strongestPlace({ width, height, values }: EvidenceMap, frame: { width: number; height: number }) {
  let strongest = 0;
  for (let cell = 1; cell < values.length; cell++) if (values[cell] > values[strongest]) strongest = cell;
  if (!(values[strongest] > 0)) return null;
  const column = strongest % width;
  const row = (strongest - column) / width;
  return { x: ((column + 0.5) * frame.width) / width, y: ((row + 0.5) * frame.height) / height };
}
