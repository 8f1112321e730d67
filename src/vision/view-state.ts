/** What the whole picture is like, as the scene guard tells it: the words that judging, rules and screen share. */

/**
 * clear: as learned. settling: changed as a whole just now, not yet known how. light: brighter or darker, everything in its
 * place. moved: the camera looks elsewhere. covered: nothing to be seen. blurred: out of focus. frozen: the same picture
 * again and again. night: dark, but still the scene.
 */
export type ViewState = 'clear' | 'settling' | 'light' | 'moved' | 'covered' | 'blurred' | 'frozen' | 'night';

/** Whether a picture in this state can be compared with the learned scene. */
export const isJudged = (view: ViewState): boolean => view === 'clear' || view === 'night';
