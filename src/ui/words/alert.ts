/** What an alert is about, in words for the screen. */
import type { Alert } from '../../alerts/alert-rules';
import { reasonsInWords } from './reasons';

export const severityWords = {
  notice: 'Notice',
  warning: 'Warning',
  critical: 'Critical',
} satisfies Record<Alert['severity'], string>;

/** What is wrong with the picture as a whole, in a sentence. */
export const pictureProblems = {
  covered: 'The lens is covered, or it is completely dark: nothing can be seen',
  frozen: 'The picture stands still: the stream is frozen',
} satisfies Record<Exclude<Alert['kind'], 'unusual'>, string>;

/** One line: the strongest reason, or what is wrong with the picture. */
export function alertInWords({ kind, peak }: Pick<Alert, 'kind' | 'peak'>): string {
  return kind === 'unusual' ? reasonsInWords(peak) || 'Unusual as a whole' : pictureProblems[kind];
}
