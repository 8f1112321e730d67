/** Why a moment is unusual, in words for the screen. */
import type { Moment, Reason } from '../../alerts/moment';
import type { RegionSpell } from '../../storage/region-search';

export const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** What a detected object is called: its class; a region that no class fits is 'movement', or an 'unknown thing' where it only stands there. */
export function objectName(label: string, reasons: readonly Pick<Reason, 'cue'>[] = []): string {
  if (label !== 'motion') return capitalised(label);
  return reasons[0]?.cue === 'presence' ? 'Unknown thing' : 'Movement';
}

/**
 * The strongest `most` reasons as one line, led by the object they were found on where it is known:
 * 'Bicycle: moves 3.1× faster than anything seen in this place; comes against the stream'. Empty for an ordinary moment.
 */
export function reasonsInWords(moment: Moment, most = 1): string {
  const texts = moment.reasons.slice(0, most).map(({ text }) => text);
  if (!texts.length) return '';
  const bearer = moment.objects.find(({ reasons }) => reasons.some(({ text }) => text === texts[0]));
  const line = texts.join('; ');
  return bearer ? `${objectName(bearer.label, bearer.reasons)}: ${line}` : capitalised(line);
}

/** 'Person: moves 3.1× faster than …', or how strong it was where no more is known. */
export function spellInWords({ label, reason, strength }: Pick<RegionSpell, 'label' | 'reason' | 'strength'>): string {
  if (label) return reason ? `${objectName(label, [reason])}: ${reason.text}` : objectName(label);
  if (reason) return capitalised(reason.text);
  return strength >= 1 ? 'Unusual enough for an alert' : 'Somewhat unusual';
}
