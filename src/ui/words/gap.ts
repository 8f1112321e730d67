/** Why nobody analysed a stretch of time, in words. */

const gapWords: Record<string, string> = {
  hidden: 'paused while hidden',
  stalled: 'the source stalled',
  rebuilding: 'the engine was rebuilt',
  unplugged: 'the camera was gone',
  settling: 'the whole picture changed',
  light: 'the light changed',
  moved: 'the camera was moved',
  covered: 'the lens was covered',
  blurred: 'out of focus',
  frozen: 'the picture stood still',
};

/** `why` as the engine says it. */
export const wordOfGap = ({ why }: { why: string }) => gapWords[why] ?? 'not analysed';
