/** What a notification says of an alert. */
import type { Notice } from '../../alerts/notice-desk';
import type { AlertEvent } from '../../worker/protocol';
import { alertInWords, severityWords } from './alert';

/** 'Critical: Yard camera' over 'Bicycle: moves 3.1× faster …', the time of day, and how many other alerts there are. */
export function noticeInWords({ alert, others }: Notice<AlertEvent>, source: string, at: Date) {
  const time = `At ${at.toLocaleTimeString([], { timeStyle: 'medium' })}`;
  const more = others === 0 ? '' : `, and ${others} more ${others === 1 ? 'alert' : 'alerts'}`;
  return {
    title: [severityWords[alert.severity], source].filter(Boolean).join(': '),
    body: `${alertInWords(alert)}\n${time}${more}`,
  };
}
