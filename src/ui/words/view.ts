/** What is the matter with the picture as a whole, in words for the screen. */
import type { ViewState } from '../../vision/view-state';

export interface ViewWords {
  title: string;
  text: string;
}

const words: Record<ViewState, ViewWords | null> = {
  clear: null,
  settling: { title: 'The whole picture changed', text: 'Finding out what it is; nothing is judged meanwhile.' },
  light: { title: 'The light changed', text: 'Getting used to it; no alerts for a moment.' },
  moved: {
    title: 'The camera was moved, or something large hides the scene',
    text: 'What was learned does not fit this view: nothing is judged until it is as before, or learned again.',
  },
  covered: { title: 'The lens is covered, or it is completely dark', text: 'Nothing can be seen or judged.' },
  blurred: {
    title: 'The picture is out of focus',
    text: 'Nothing is judged; focus the camera or clean its lens.',
  },
  frozen: { title: 'The picture stands still', text: 'The stream is frozen: nothing new can be seen or judged.' },
  night: { title: 'It is dark', text: 'Judging goes on, with less to see than in what was learned.' },
};

/** Null where all is well. */
export const viewInWords = (view: ViewState): ViewWords | null => words[view];
