/** What an alert is about, in words for the screen. */
import type { Alert } from '../../alerts/alert-rules';
import { reasonsInWords } from './reasons';

const ofPicture = {
  covered: 'The lens is covered, or it is completely dark: nothing can be seen',
  frozen: 'The picture stands still: the stream is frozen',
} satisfies Record<Exclude<Alert['kind'], 'unusual'>, string>;

/** One line: the strongest reason, or what is wrong with the picture. */
export function alertInWords({ kind, peak }: Pick<Alert, 'kind' | 'peak'>): string {
  return kind === 'unusual' ? reasonsInWords(peak) || 'Unusual as a whole' : ofPicture[kind];
}
