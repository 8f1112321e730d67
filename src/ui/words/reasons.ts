/** Why a moment is unusual, in words for the screen. */
import type { Moment } from '../../alerts/moment';

export const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** What a detected object is called: its class, or 'movement' for a region that no class fits. */
export const objectName = (label: string) => capitalised(label === 'motion' ? 'movement' : label);

/**
 * The strongest `most` reasons as one line, led by the object they were found on where it is known:
 * 'Bicycle: moves 3.1× faster than anything seen in this place; comes against the stream'. Empty for an ordinary moment.
 */
export function reasonsInWords(moment: Moment, most = 1): string {
  const texts = moment.reasons.slice(0, most).map(({ text }) => text);
  if (!texts.length) return '';
  const bearer = moment.objects.find(({ reasons }) => reasons.some(({ text }) => text === texts[0]));
  const line = texts.join('; ');
  return bearer ? `${objectName(bearer.label)}: ${line}` : capitalised(line);
}
