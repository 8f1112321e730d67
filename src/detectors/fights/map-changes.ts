/** How much the feature maps of a picture change from one analysed frame to the next, place by place: what a body's turmoil does to them. */

/** Features on a grid of places [places, channels], of one frame. */
export interface FeatureMap {
  values: Float32Array;
  channels: number;
}

/** Added before the logarithm: changes below it are noise. */
const FLOOR = 0.01;

/**
 * Per channel the mean over the places of |f_t − f_{t−1}|, then its highest, as logarithms: [2 · channels]. What stands still drops
 * out wherever it is. Throws RangeError where the maps differ in size.
 */
export function mapChanges(before: FeatureMap, now: FeatureMap): Float32Array {
  if (before.values.length !== now.values.length || before.channels !== now.channels)
    throw new RangeError(`a map of ${before.values.length} values cannot be compared with one of ${now.values.length}`);
  const { channels, values } = now;
  const changes = new Float32Array(2 * channels);
  const places = values.length / channels;
  for (let at = 0, channel = 0; at < values.length; at++, channel = (channel + 1) % channels) {
    const change = Math.abs(values[at] - before.values[at]);
    changes[channel] += change / places;
    if (change > changes[channels + channel]) changes[channels + channel] = change;
  }
  return changes.map((change) => Math.log(change + FLOOR));
}
