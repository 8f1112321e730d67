/** What was kept of a live session, replayed through the rules, gives the alerts that were raised live. */
import { expect, it } from 'vitest';
import { replayAlerts } from '../alerts/alert-rules';
import { type AlertOptions, defaultAlertOptions } from '../alerts/alert-settings';
import type { Moment, ObservedObject } from '../alerts/moment';
import { createRng, type Rng } from '../lib/rng';
import type { ViewState } from '../vision/view-state';
import { createAlertKeeper } from '../worker/alert-keeper';
import { createWatchStore } from './watch-store';
import { createMessageFolder } from './worker-messages';

const pictures = { bitmap: () => Promise.reject(), thumbnail: async () => null };
const frame = { timeS: 0, width: 400, height: 100, data: new Uint8ClampedArray() };

/** Half an hour of a live source: things come and go, some rare; the picture is covered once; the machine sleeps twice. */
function life(rng: Rng): Moment[] {
  const moments: Moment[] = [];
  const views: (ViewState | undefined)[] = [undefined, undefined, 'night', 'light', 'covered'];
  let objects: ObservedObject[] = [];
  let view: ViewState | undefined;
  for (let timeS = 0; timeS < 1800; timeS += rng.next() < 0.001 ? 400 : rng.between(0.08, 0.5)) {
    if (rng.next() < 0.1) objects = Array.from({ length: rng.int(4) }, () => thing(rng));
    if (rng.next() < 0.01) view = rng.pick(views);
    const own = objects.map(({ returnPeriodS = 0 }) => returnPeriodS);
    const returnPeriodS = Math.max(rng.between(0, 20), ...own);
    const place = rng.next() < 0.8 ? { x: rng.between(0, 400), y: rng.between(0, 100) } : undefined;
    const rest = { raw: 1, score: 0, extrapolated: false, reasons: [{ cue: 'speed', text: 'runs', weight: 1 }] };
    moments.push({ timeS, returnPeriodS, objects, place, view, localMinute: rng.int(10_080), ...rest });
  }
  return moments;
}

function thing(rng: Rng): ObservedObject {
  const x = rng.between(0, 380);
  const raw = rng.between(-2, 6);
  const returnPeriodS = raw > 0 ? 10 ** raw : 0;
  return { trackId: rng.int(9), x0: x, y0: 10, x1: x + 20, y1: 60, raw, returnPeriodS, label: 'person', reasons: [] };
}

const square = (x: number) => [
  { x, y: 0 },
  { x: x + 150, y: 0 },
  { x: x + 150, y: 100 },
  { x, y: 100 },
];
const options: Partial<AlertOptions> = {
  perHour: 6,
  minimumDurationS: 1,
  zones: [
    { id: 'a', name: 'Gate', kind: 'watch', points: square(0), sensitivity: 3, schedule: null },
    {
      id: 'b',
      name: 'Yard',
      kind: 'watch',
      points: square(100),
      sensitivity: 1,
      schedule: { days: [0, 3], fromMinute: 60, toMinute: 30 },
    },
    { id: 'c', name: 'Street', kind: 'ignore', points: square(300), sensitivity: 1, schedule: null },
  ],
  snoozes: [{ zoneId: 'a', fromS: 300, untilS: 600 }],
};

it.each([1, 2, 3, 4, 5])('exactly, seed %i', async (seed) => {
  const keeper = createAlertKeeper(options, pictures);
  const store = createWatchStore();
  store.setState({ source: { ...frame, kind: 'webcam', name: 'Cam', id: 'cam', durationS: null, live: true } });
  const none = () => undefined;
  const folder = createMessageFolder(store, {
    onFrame: none,
    onAlert: none,
    onGap: none,
    onPicture: none,
    onLearned: none,
    onFailed: none,
    onEnded: none,
  });
  folder.startRun();
  const evidence = { width: 1, height: 1, values: new Uint8Array(1) };
  for (const moment of life(createRng(seed))) {
    folder.receive({ type: 'observed', frame: { moment, intervalMs: 100, picture: null, evidence, attention: null } });
    for (const event of await keeper.step(moment, frame)) folder.receive({ type: 'alert', event });
  }
  for (const event of keeper.finish()) folder.receive({ type: 'alert', event });

  const brief = (
    alerts: readonly { kind: string; zone: unknown; startS: number; endS: number | null; peak: Moment }[],
  ) =>
    alerts
      .map(({ kind, zone, startS, endS, peak }) =>
        JSON.stringify([kind, zone, startS, endS, peak.timeS, peak.returnPeriodS]),
      )
      .sort();
  const live = brief(store.getState().alerts);
  const replayed = replayAlerts(folder.observations().moments(), { ...defaultAlertOptions, ...options });
  expect(live.length).toBeGreaterThan(10);
  expect(brief(replayed)).toEqual(live);
});
