/**
 * The engine's state machine (drawn in protocol.ts), without a worker around it: what each call does and when it may come.
 * Everything the browser gives is passed in, so that it runs in Node with fakes.
 */
import { type AlertOptions, gapOf } from '../alerts/alert-settings';
import type { Detector, DetectorEntry, LearnedScene } from '../detectors/detector';
import type { BackendChoice } from '../engine/backend';
import { createFrameFeed, type FrameFeed } from '../engine/frame-feed';
import type { FrameSource } from '../media/frame';
import { type Activity, idle, startActivity } from './activity';
import { type AlertKeeper, createAlertKeeper } from './alert-keeper';
import { OrderError, toFailure } from './failure';
import type { FootageKeeper } from './footage-keeper';
import { runLearn } from './learn-run';
import { createMessenger, type Listener } from './messenger';
import { createPauseLog } from './pause-log';
import type { Pictures } from './picture';
import { requireExampleSize, requireSceneSize } from './picture-size';
import { runPreview } from './preview-run';
import type { EngineApi, FootageRequest, LearnPlan, SourceRequest } from './protocol';
import type { FinderEvents, RecoveringFinder } from './recovering-finder';
import { createStatusReporter } from './status-reporter';
import { runWatch } from './watch-run';

export interface EngineParts {
  startFinder(choice: BackendChoice, assets: string, events: FinderEvents): Promise<RecoveringFinder>;
  openSource(request: SourceRequest, range?: { fromS?: number; toS?: number }): Promise<FrameSource>;
  /** The detector to use and its options. */
  detector: DetectorEntry;
  pictures: Pictures;
  /** Keeps video of a live source; null where that is not possible, which `onRefused` has been told. */
  keepFootage(
    request: FootageRequest,
    size: { width: number; height: number },
    onRefused: (message: string) => void,
  ): Promise<FootageKeeper | null>;
  /** Milliseconds of a steady clock. */
  now?(): number;
}

interface Opened {
  request: SourceRequest;
  source: FrameSource;
  feed: FrameFeed;
  detector: Detector;
  /** A pulled source can be read once: true after that. */
  used: boolean;
}

export function createEngineSession(parts: EngineParts): EngineApi {
  const { now = () => performance.now(), pictures } = parts;
  let listener: Listener | null = null;
  let finder: RecoveringFinder | null = null;
  let opened: Opened | null = null;
  let activity: Activity = idle;
  let alerts: AlertKeeper | null = null;
  let alertOptions: Partial<AlertOptions> = {};
  /** Counts calls that decide which source is open, so that an overtaken one can tell. */
  let openings = 0;
  const pause = createPauseLog();
  const messenger = createMessenger(() => listener);
  const status = createStatusReporter(
    messenger,
    () => ({
      backend: finder?.info ?? null,
      dropped: opened?.source.dropped ?? 0,
      keyFps: finder?.keyFps() ?? 0,
      tensors: finder?.tensors ?? 0,
    }),
    now,
  );

  const events: FinderEvents = {
    onProgress: (fraction, step) => void messenger.offer('loading', () => ({ type: 'loading', fraction, step })),
    onRebuilding: (why) => void messenger.send({ type: 'rebuilding', why }),
    onRebuilt: () => void messenger.send({ type: 'rebuilt' }).then(status.report),
    onGivenUp(error) {
      dropFinder();
      void activity.stop().then(() => fail(error));
    },
  };

  function fail(error: unknown): void {
    const { name, message } = toFailure(error);
    closeSource();
    void messenger.send({ type: 'failed', code: name, message });
  }

  function closeSource(): void {
    opened?.source.dispose();
    opened?.detector.dispose();
    opened = null;
  }

  function dropFinder(): void {
    openings++;
    finder?.dispose();
    finder = null;
  }

  const openedSource = (call: string): Opened => {
    if (!opened) throw new OrderError(`The engine was asked to ${call} before a source was opened.`);
    return opened;
  };

  /** Stop what runs, then do this; what was asked for last wins. */
  function switchTo(work: (signal: AbortSignal) => Promise<void>): Activity {
    const previous = activity;
    activity = startActivity(async (signal) => {
      await previous.stop();
      if (!signal.aborted) await work(signal);
    }, fail);
    return activity;
  }

  function preview({ source, feed }: Opened): void {
    if (!source.info.live) return;
    switchTo(async (signal) => {
      if ((await runPreview(feed, messenger, pictures, signal)) === 'ended') await end();
    });
  }

  const keepFootage = (request: FootageRequest, size: { width: number; height: number }) =>
    parts.keepFootage(request, size, (message) => void messenger.send({ type: 'unrecorded', message }));

  async function end(): Promise<void> {
    if (opened?.source.info.live) closeSource();
    await status.report();
    await messenger.send({ type: 'ended' });
  }

  /** A pulled source, from its start again if it has been read. */
  async function fromStart(current: Opened): Promise<Opened> {
    if (current.source.info.live || !current.used) return current;
    current.source.dispose();
    current.source = await parts.openSource(current.request);
    current.feed = createFrameFeed(current.source);
    return current;
  }

  async function learnOn(current: Opened, plan: LearnPlan, signal: AbortSignal): Promise<LearnedScene | null> {
    const shared = { detector: current.detector, messenger, pictures, status, pause, now };
    if (plan.kind === 'live') {
      const { feed, source } = current;
      return runLearn({ ...shared, feed, info: source.info, fromS: 0, seconds: plan.seconds }, signal);
    }
    const range = plan.kind === 'range' ? { fromS: plan.fromS, toS: plan.toS } : {};
    const source = await parts.openSource(
      plan.kind === 'range' ? current.request : { kind: 'file', file: plan.file },
      range,
    );
    try {
      requireExampleSize(source.info, current.source.info);
      const seconds = plan.kind === 'range' ? plan.toS - plan.fromS : null;
      const fromS = plan.kind === 'range' ? plan.fromS : 0;
      return await runLearn({ ...shared, feed: createFrameFeed(source), info: source.info, fromS, seconds }, signal);
    } finally {
      source.dispose();
    }
  }

  return {
    listen(given) {
      listener = given;
    },

    async load(backend, assets) {
      await activity.stop();
      closeSource();
      dropFinder();
      finder = await parts.startFinder(backend, assets, events);
      await messenger.send({ type: 'loading', fraction: 1, step: 'Ready' });
      await status.report();
      return finder.info;
    },

    async open(request) {
      if (!finder) throw new OrderError('The engine was asked to open a source before it was loaded.');
      const wanted = ++openings;
      await activity.stop();
      closeSource();
      const source = await parts.openSource(request);
      if (wanted !== openings) {
        source.dispose();
        throw new OrderError('Another source was opened, or all was stopped, before this one was ready.');
      }
      const detector = parts.detector.create(finder.finder(!source.info.live), defaultConfig(parts.detector));
      opened = { request, source, feed: createFrameFeed(source), detector, used: false };
      void finder.prepare(source.info.width, source.info.height).catch(() => undefined);
      preview(opened);
      return source.info;
    },

    async setScene(scene) {
      const { detector, source } = openedSource('use a scene');
      if (scene) requireSceneSize(scene, source.info);
      detector.setScene(scene);
    },

    async learn(plan) {
      const current = openedSource('learn');
      let failure: unknown = null;
      const learning = switchTo(async (signal) => {
        try {
          const scene = await learnOn(current, plan, signal);
          if (scene) await messenger.send({ type: 'learned', scene });
          await messenger.settled();
        } catch (error) {
          failure = error;
        }
      });
      await learning.done;
      if (opened === current && activity === learning) preview(current);
      if (failure) throw failure;
    },

    async cancelLearning() {
      await activity.stop();
    },

    async watch(request) {
      const current = openedSource('watch');
      if (!current.detector.scene)
        throw new OrderError('Nothing is known of this scene yet; let Oriel learn it first.');
      switchTo(async (signal) => {
        const { detector, feed, source } = await fromStart(current);
        current.used = true;
        detector.reset();
        alerts = createAlertKeeper({ ...alertOptions, gapS: gapOf(source.info.live) }, pictures);
        const footage = request && source.info.live ? await keepFootage(request, source.info) : null;
        const run = { detector, feed, info: source.info, messenger, pictures, alerts, status, pause, now, footage };
        const watching = runWatch({ ...run, alertsPerHour: () => alertOptions.perHour ?? 1 }, signal);
        if ((await watching.finally(footage?.finish)) === 'ended') await end();
      });
    },

    async pause() {
      if (opened?.source.info.live) pause.pause();
    },

    async resume() {
      pause.resume();
    },

    async stop() {
      openings++;
      await activity.stop();
      pause.resume();
      if (opened?.source.info.live) closeSource();
      await messenger.settled();
    },

    async setAlertOptions(options) {
      alerts?.configure(options);
      alertOptions = options;
    },
  };
}

const defaultConfig = ({ config }: DetectorEntry) =>
  Object.fromEntries(Object.entries(config).map(([name, option]) => [name, option.value]));
