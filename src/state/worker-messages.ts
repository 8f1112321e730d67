/** The one place where the engine's messages become state. */
import { isJudged, type ViewState } from '../vision/view-state';
import type { AlertEvent, EngineMessage, ObservedFrame } from '../worker/protocol';
import { createObservationLog } from './observation-log';
import { createTimeline } from './timeline';
import type { WatchState, WatchStore } from './watch-store';

/** What past-React listeners and the session want to hear. */
export interface MessageEvents {
  onFrame(frame: ObservedFrame): void;
  /** An alert began or changed; its times are those of the run. */
  onAlert(event: AlertEvent): void;
  onGap(gap: WatchState['gaps'][number]): void;
  /** A picture without judgement; the receiver closes it. */
  onPicture(picture: ImageBitmap): void;
  onLearned(scene: NonNullable<WatchState['scene']>): void;
  onFailed(code: string, message: string): void;
  onEnded(): void;
}

/** Scores are put into the state at most this often, in milliseconds; frames themselves go past it. */
const PUBLISH_MS = 100;

/** Stretches that could not be judged are shown from this length on, in seconds. */
const SHORTEST_GAP_S = 0.5;

/** Counts the runs of all sessions of this page, so that no two alerts have one name. */
let runs = 0;

export interface MessageFolder {
  receive(message: EngineMessage): void;
  /** Forget the run before: timeline, gaps, alerts, observations. Returns where the new run's second 0 lies. `continued` keeps them and lays the new run's times after the last one, the time since then between them. */
  startRun(continued?: { why: string }): { offsetS: number };
  observations(): ReturnType<typeof createObservationLog>;
  /** Seconds by which the times of this session are later than those of the source, and the time of its newest frame. */
  offsetS(): number;
  lastS(): number;
  /** Put what is waiting into the state now. */
  publish(): void;
}

export function createMessageFolder(store: WatchStore, events: MessageEvents): MessageFolder {
  let timeline = createTimeline();
  let log = createObservationLog();
  let latest: ObservedFrame | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** A source opened again begins at 0; its times are laid after those before. */
  let offsetS = 0;
  let lastS = 0;
  /** When the last frame was observed, by the wall clock: a steady one may stand still while the device sleeps. */
  let lastMs = 0;
  let run = runs;
  let pendingGap: string | null = null;
  let unjudged: WatchState['gaps'][number] | null = null;

  function publish(): void {
    clearTimeout(timer);
    timer = undefined;
    if (!latest) return;
    const { score, returnPeriodS, reasons } = latest.moment;
    latest = null;
    store.setState({
      now: { score, returnPeriodS, reasons: reasons.map(({ text }) => text) },
      timeline: timeline.points(),
    });
  }

  function observe(given: ObservedFrame): void {
    const frame = { ...given, moment: { ...given.moment, timeS: given.moment.timeS + offsetS } };
    const { timeS, score, returnPeriodS } = frame.moment;
    if (pendingGap !== null) addGap({ fromS: lastS, toS: timeS, why: pendingGap });
    pendingGap = null;
    lastS = timeS;
    lastMs = Date.now();
    if (isJudged(frame.moment.view ?? 'clear')) timeline.push({ timeS, score, returnPeriodS });
    noteView(timeS, frame.moment.view ?? 'clear');
    log.push(frame, store.getState().source?.live === false);
    latest = frame;
    timer ??= setTimeout(publish, PUBLISH_MS);
    events.onFrame(frame);
  }

  function addGap(gap: WatchState['gaps'][number]): void {
    store.setState(({ gaps }) => ({ gaps: [...gaps, gap] }));
    events.onGap(gap);
  }

  /** What could not be judged is a gap of its own, drawn as it grows. */
  function noteView(timeS: number, view: ViewState): void {
    if (isJudged(view)) unjudged = null;
    else if (unjudged?.why === view) unjudged = { ...unjudged, toS: timeS };
    else unjudged = { fromS: unjudged?.toS ?? timeS, toS: timeS, why: view };
    const gap = unjudged;
    if (!gap || gap.toS - gap.fromS < SHORTEST_GAP_S) return;
    store.setState(({ gaps }) => ({
      gaps: gaps.at(-1)?.fromS === gap.fromS ? [...gaps.slice(0, -1), gap] : [...gaps, gap],
    }));
  }

  /** Show a remark, or take it back where it is still the one shown. */
  const remark = (text: string, holds: boolean) =>
    store.setState(({ notice }) => ({ notice: holds ? text : notice === text ? null : notice }));

  function raise(given: AlertEvent): void {
    const event = { ...laterBy(given, offsetS), id: `${run}-${given.id}` };
    store.setState(({ alerts }) => ({
      alerts: alerts.some(({ id }) => id === event.id)
        ? alerts.map((each) => (each.id === event.id ? event : each))
        : [...alerts, event],
    }));
    events.onAlert(event);
  }

  return {
    receive(message) {
      switch (message.type) {
        case 'loading':
          return store.setState({ loading: { fraction: message.fraction, step: message.step } });
        case 'status':
          return store.setState({ status: message.status });
        case 'preview':
          return events.onPicture(message.picture);
        case 'learning': {
          const { fraction, remainingS, moving, picture } = message;
          if (picture) events.onPicture(picture);
          return store.setState({ learning: { fraction, remainingS, moving } });
        }
        case 'learned':
          store.setState({ scene: message.scene });
          return events.onLearned(message.scene);
        case 'observed':
          return observe(message.frame);
        case 'progress':
          return store.setState({
            progress: { timeS: message.timeS, durationS: message.durationS, remainingS: message.remainingS },
          });
        case 'gap':
          return addGap({ fromS: message.fromS + offsetS, toS: message.toS + offsetS, why: message.why });
        case 'alert':
          return raise(message.event);
        case 'silent':
          return remark(SILENT, message.silent);
        case 'rebuilding':
          return remark(REBUILDING, true);
        case 'rebuilt':
          return remark(REBUILDING, false);
        case 'unrecorded':
          return store.setState({ notice: message.message });
        case 'ended':
          publish();
          return events.onEnded();
        case 'failed':
          publish();
          return events.onFailed(message.code, message.message);
      }
    },
    startRun(continued) {
      run = ++runs;
      publish();
      if (continued) {
        // Whoever could have ended them is gone.
        const ended = (alert: AlertEvent) =>
          alert.endS === null ? { ...alert, endS: Math.max(alert.startS, lastS) } : alert;
        store.setState(({ alerts }) => ({ alerts: alerts.map(ended) }));
        offsetS = lastS + Math.max(1, (Date.now() - lastMs) / 1000);
        pendingGap = continued.why;
        return { offsetS };
      }
      offsetS = 0;
      lastS = 0;
      lastMs = Date.now();
      pendingGap = null;
      unjudged = null;
      timeline = createTimeline();
      log = createObservationLog();
      store.setState({ now: null, timeline: [], gaps: [], alerts: [], snoozes: [], progress: null });
      return { offsetS };
    },
    observations: () => log,
    offsetS: () => offsetS,
    lastS: () => lastS,
    publish,
  };
}

const REBUILDING = 'A model stopped and is being started again. What was learned is kept, and watching goes on.';

const SILENT =
  'The camera sends no pictures any more; check that it is on and connected. Watching goes on as soon as they come again.';

function laterBy(event: AlertEvent, seconds: number): AlertEvent {
  if (seconds === 0) return event;
  const { startS, endS, peak } = event;
  return {
    ...event,
    startS: startS + seconds,
    endS: endS === null ? null : endS + seconds,
    peak: { ...peak, timeS: peak.timeS + seconds },
  };
}
