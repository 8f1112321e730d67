/** Streams and the network's output to cues, frame by frame. */

import { type Interruption, StillDrift } from '../../normality/still-drift';
import { stillPresence } from '../../normality/still-memory';
import { boxMean } from '../../vision/plane';
import type { NetworkOutput } from '../network-runner';
import { movingCells, PATCH_VALUES, patchAt, placeAt } from '../streams/motion-patches';
import { type MotionEncoder, motionSurprise } from '../streams/motion-surprise';
import type { SceneMemory } from '../streams/scene-memory';
import type { StreamFrame } from '../streams/stream-frame';
import { MOTION_CHANNELS, type StreamInputs } from '../streams/stream-inputs';
import { assumedSpeed } from '../streams/usual-speed';
import type { FrameCues } from './cues';

/** Of one scene: what is usual at each place, and how it moves. */
export interface LearnedHere {
  memory: SceneMemory;
  encoder: MotionEncoder;
}

/** Channel of the streams that says how far the averaged velocity is from any seen. */
const UNSEEN = 5;
/** What stands there must have done so for so long, beyond the time after which it is still at all, in seconds. */
const STANDS_ON_S = 0.5;

/** Streaming: `reset` between clips. Without a scene only the network and the speed speak. The usual picture follows the daylight. */
export class CueReader {
  private readonly still: StillDrift | null;
  /** How unusual what stood around each cell was in the last moments. */
  private stood: { timeS: number; presence: Float32Array }[] = [];

  constructor(private readonly here: LearnedHere | null) {
    this.still = here && new StillDrift(here.memory.still);
  }

  /** See `Detector.reset`. */
  reset(after?: Interruption) {
    this.stood = [];
    this.still?.reset(after);
  }

  /** `inputs` are of the same frame and scene, `output` is what the network made of them. */
  read(frame: StreamFrame, inputs: StreamInputs, { width, height, logits }: NetworkOutput): FrameCues {
    const { here } = this;
    const speed = new Float32Array(width * height);
    const surprise = new Float32Array(width * height);
    const stream = new Float32Array(width * height);
    const presence = new Float32Array(width * height);
    const patch = new Float32Array(PATCH_VALUES);
    const placeOfCell = (cell: number) => ((cell % inputs.width) >> 1) + (Math.floor(cell / inputs.width) >> 1) * width;
    const assumed = assumedSpeed(frame.frameHeight);
    for (const cell of movingCells(inputs)) {
      const place = placeOfCell(cell);
      // The streams' velocities are cut off; the speed is not.
      const usual = here ? here.memory.usualSpeed[cell] : assumed;
      speed[place] = Math.max(speed[place], Math.hypot(frame.averagedX[cell], frame.averagedY[cell]) / usual);
      if (!here) continue;
      const divergence = motionSurprise(here.encoder, patchAt(inputs, cell, patch), placeAt(inputs, cell));
      surprise[place] = Math.max(surprise[place], divergence);
      stream[place] = Math.max(stream[place], inputs.motion[cell * MOTION_CHANNELS + UNSEEN]);
    }
    this.standing(frame)?.forEach((value, cell) => {
      const place = placeOfCell(cell);
      presence[place] = Math.max(presence[place], value);
    });
    return { width, height, places: { network: logits, speed, surprise, stream, presence }, learned: here !== null };
  }

  /** Per cell, how far what has stood around it for a while differs from what usually stands there, in its deviations. */
  private standing({ timeS, still: texture, grid }: StreamFrame): Float32Array | null {
    if (!this.still) return null;
    const memory = this.still.usual({ texture });
    const values = Float32Array.from(texture, (_, cell) => stillPresence(texture, memory, cell));
    this.still.step(timeS, { texture });
    // Back to the newest moment that is as old as that.
    const since = this.stood.findLastIndex((moment) => timeS - moment.timeS >= STANDS_ON_S - 1e-3);
    const presence = boxMean({ ...grid, values }, 1).values;
    this.stood = [...this.stood.slice(Math.max(0, since)), { timeS, presence }];
    const least = presence.slice();
    for (const moment of this.stood) {
      for (let cell = 0; cell < least.length; cell++) least[cell] = Math.min(least[cell], moment.presence[cell]);
    }
    return least;
  }
}
