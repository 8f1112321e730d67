import { describe, expect, it } from 'vitest';
import type { Severity } from './alert-rules';
import { createNoticeDesk, type NoticedAlert, type NoticeSettings } from './notice-desk';

const alert = (id: string, severity: Severity = 'notice', endS: number | null = null): NoticedAlert => ({
  id,
  severity,
  endS,
});
const settings = (changes: Partial<NoticeSettings> = {}): NoticeSettings => ({
  show: 'hidden',
  sound: false,
  from: 'notice',
  ...changes,
});

describe('an alert', () => {
  it('is told once, however often it changes', () => {
    const desk = createNoticeDesk();
    desk.take(alert('a'), settings(), true);
    expect(desk.due(0)).toEqual({ alert: alert('a'), others: 0, shows: true, sounds: false });
    desk.take(alert('a', 'critical'), settings(), true);
    expect(desk.due(60_000)).toBeNull();
    expect(desk.unseen()).toBe(1);
  });

  it('is told when it has become grave enough', () => {
    const desk = createNoticeDesk();
    const grave = settings({ from: 'warning' });
    desk.take(alert('a'), grave, true);
    expect(desk.due(0)).toBeNull();
    expect(desk.unseen()).toBe(0);
    desk.take(alert('a', 'warning'), grave, true);
    expect(desk.due(1)?.alert.severity).toBe('warning');
  });

  it('that has ended is not told any more', () => {
    const desk = createNoticeDesk();
    desk.take(alert('a', 'critical', 7), settings(), true);
    expect(desk.due(0)).toBeNull();
  });

  it('in a tab that is looked at is told where the user wants it always', () => {
    const desk = createNoticeDesk();
    desk.take(alert('a'), settings(), false);
    expect(desk.due(0)).toBeNull();
    desk.take(alert('b'), settings({ show: 'always' }), false);
    expect(desk.due(0)).toMatchObject({ shows: true, others: 0 });
    expect(desk.unseen()).toBe(0);
  });

  it('sounds with or without a notification', () => {
    const desk = createNoticeDesk();
    desk.take(alert('a'), settings({ show: 'off', sound: true }), false);
    expect(desk.due(0)).toMatchObject({ shows: false, sounds: true });
  });

  it('is only counted where the user wants neither', () => {
    const desk = createNoticeDesk();
    desk.take(alert('a'), settings({ show: 'off' }), true);
    expect(desk.dueInMs(0)).toBeNull();
    expect(desk.unseen()).toBe(1);
  });
});

describe('many alerts', () => {
  it('are one notice in five seconds, of the gravest, with the number of the others', () => {
    const desk = createNoticeDesk();
    const always = settings({ show: 'always' });
    desk.take(alert('a'), always, false);
    expect(desk.due(1000)?.alert.id).toBe('a');
    desk.take(alert('b', 'critical'), always, false);
    desk.take(alert('c', 'warning'), always, false);
    desk.take(alert('d'), always, false);
    expect(desk.due(5999)).toBeNull();
    expect(desk.dueInMs(4000)).toBe(2000);
    expect(desk.due(6000)).toMatchObject({ alert: { id: 'b' }, others: 2 });
    expect(desk.dueInMs(6000)).toBeNull();
  });

  it('count all that are unseen', () => {
    const desk = createNoticeDesk();
    for (const [index, id] of ['a', 'b', 'c'].entries()) {
      desk.take(alert(id), settings(), true);
      expect(desk.due(index * 10_000)).toMatchObject({ alert: { id }, others: index });
    }
  });

  it('that wait are let go once the tab is looked at', () => {
    const desk = createNoticeDesk();
    desk.take(alert('a'), settings(), true);
    desk.due(0);
    desk.take(alert('b'), settings(), true);
    desk.seen();
    expect(desk.unseen()).toBe(0);
    expect(desk.due(60_000)).toBeNull();
  });
});
