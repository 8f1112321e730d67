/** Turns the time stamps of a live source into seconds since its first frame that only ever grow. */

/** Step assumed after a stamp that jumped back, before any interval was seen: 30 frames per second. */
const ASSUMED_STEP_S = 1 / 30;

/**
 * Makes a function from a frame's stamp (seconds, any origin) to seconds since the first frame, strictly increasing.
 * Where the stamps jump back (a camera that restarted its clock), time goes on from the last frame by the last interval
 * seen; gaps forward are kept, because nobody looked then.
 */
export function sourceClock(): (stampS: number) => number {
  let originS: number | null = null;
  let lastS = 0;
  let stepS = ASSUMED_STEP_S;
  return (stampS) => {
    if (originS === null) {
      originS = stampS;
      return 0;
    }
    const timeS = stampS - originS;
    if (timeS > lastS) {
      stepS = timeS - lastS;
      lastS = timeS;
    } else {
      lastS += Math.min(stepS, 1);
      originS = stampS - lastS;
    }
    return lastS;
  };
}
