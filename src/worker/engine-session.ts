/**
 * The engine's state machine (drawn in protocol.ts), without a worker around it: what each call does and when it may come.
 * Everything the browser gives is passed in, so that it runs in Node with fakes.
 */
import { type AlertOptions, gapOf } from '../alerts/alert-settings';
import type { Detector } from '../detectors/detector';
import type { BackendInfo } from '../engine/backend';
import { createFrameFeed, type FrameFeed } from '../engine/frame-feed';
import type { FrameSource } from '../media/frame';
import { createActivitySlot } from './activity';
import { type AlertKeeper, createAlertKeeper } from './alert-keeper';
import { createDetectorLoader, type LoaderParts } from './detector-loader';
import { OrderError, toFailure } from './failure';
import type { FootageKeeper } from './footage-keeper';
import { learnByPlan } from './learn-plan';
import { createMessenger, type Listener } from './messenger';
import { createPauseLog } from './pause-log';
import type { Pictures } from './picture';
import { requireSceneSize } from './picture-size';
import { runPreview } from './preview-run';
import type { EngineApi, FootageRequest, SourceRequest } from './protocol';
import type { TensorEvents } from './recovering-tensors';
import { createStatusReporter } from './status-reporter';
import type { TensorRequest } from './tensor.worker';
import { runWatch } from './watch-run';

export interface EngineParts extends LoaderParts {
  openSource(request: SourceRequest, range?: { fromS?: number; toS?: number }): Promise<FrameSource>;
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
  let opened: Opened | null = null;
  let alerts: AlertKeeper | null = null;
  let alertOptions: Partial<AlertOptions> = {};
  let showsAttention = false;
  /** Counts calls that decide which source is open, so that an overtaken one can tell. */
  let openings = 0;
  const pause = createPauseLog();
  const messenger = createMessenger(() => listener);
  const status = createStatusReporter(
    messenger,
    () => ({ ...loader.status(), dropped: opened?.source.dropped ?? 0 }),
    now,
  );

  const events: TensorEvents = {
    onProgress: (fraction, step) => void messenger.offer('loading', () => ({ type: 'loading', fraction, step })),
    onRebuilding: (why) => void messenger.send({ type: 'rebuilding', why }),
    onRebuilt: () => void messenger.send({ type: 'rebuilt' }).then(status.report),
    onGivenUp(error) {
      dropTensors();
      void activity.stop().then(() => fail(error));
    },
  };

  const loader = createDetectorLoader(parts, events);
  const activity = createActivitySlot(fail);

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

  function dropTensors(): void {
    openings++;
    loader.drop();
  }

  async function load(request: TensorRequest): Promise<BackendInfo> {
    const info = await loader.load(request);
    await messenger.send({ type: 'loading', fraction: 1, step: 'Ready' });
    await status.report();
    return info;
  }

  const openedSource = (call: string): Opened => {
    if (!opened) throw new OrderError(`The engine was asked to ${call} before a source was opened.`);
    return opened;
  };

  function preview({ source, feed }: Opened): void {
    if (!source.info.live) return;
    activity.switchTo(async (signal) => {
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

  return {
    listen(given) {
      listener = given;
    },

    async load(choice, detector, assets) {
      await activity.stop();
      closeSource();
      dropTensors();
      return load({ choice, detector, assets });
    },

    async chooseDetector(name) {
      const request = loader.request('use another detector');
      await activity.stop();
      try {
        const info = await load({ ...request, detector: name });
        if (!opened) return info;
        opened.detector.dispose();
        opened.detector = loader.create(opened.source.info);
        preview(opened);
        return info;
      } catch (error) {
        if (!(error instanceof OrderError)) closeSource();
        throw error;
      }
    },

    async open(request) {
      loader.request('open a source');
      const wanted = ++openings;
      await activity.stop();
      closeSource();
      const source = await parts.openSource(request);
      if (wanted !== openings) {
        source.dispose();
        throw new OrderError('Another source was opened, or all was stopped, before this one was ready.');
      }
      const detector = loader.create(source.info);
      opened = { request, source, feed: createFrameFeed(source), detector, used: false };
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
      const learning = activity.switchTo(async (signal) => {
        try {
          const shared = { detector: current.detector, messenger, pictures, status, pause, now };
          const scene = await learnByPlan({ ...current, openSource: parts.openSource }, plan, shared, signal);
          if (scene) await messenger.send({ type: 'learned', scene });
          await messenger.settled();
        } catch (error) {
          failure = error;
        }
      });
      await learning.done;
      if (opened === current && activity.isCurrent(learning)) preview(current);
      if (failure) throw failure;
    },

    async cancelLearning() {
      await activity.stop();
    },

    async watch(request) {
      const current = openedSource('watch');
      if (!current.detector.scene && !current.detector.judgesUnlearned)
        throw new OrderError('Nothing is known of this scene yet; let Oriel learn it first.');
      activity.switchTo(async (signal) => {
        const { detector, feed, source } = await fromStart(current);
        current.used = true;
        detector.reset();
        alerts = createAlertKeeper({ ...alertOptions, gapS: gapOf(source.info.live) }, pictures);
        const footage = request && source.info.live ? await keepFootage(request, source.info) : null;
        const run = { detector, feed, info: source.info, messenger, pictures, alerts, status, pause, now, footage };
        const settings = { alertsPerHour: () => alertOptions.perHour ?? 1, showsAttention: () => showsAttention };
        const watching = runWatch({ ...run, ...settings }, signal);
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
      if (options.exceptions) opened?.detector.setAccepted(options.exceptions);
    },

    async showAttention(shown) {
      showsAttention = shown;
    },
  };
}
