/** Cues, why something was unusual, in a word or two for chips and filters. */
import { capitalised } from './reasons';

const words: Record<string, string> = {
  class: 'Kind of thing',
  presence: 'Left standing',
  dwell: 'Stays long',
  duration: 'Lasts',
};

/** 'Kind of thing' for 'class'; a cue without a word of its own is capitalised. */
export const wordOfCue = (cue: string): string => words[cue] ?? capitalised(cue);
