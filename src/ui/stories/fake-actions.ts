/** Actions that pretend: they change the store as the session would, and show the made-up plaza. */
import type { Moment } from '../../alerts/moment';
import type { WatchActions } from '../../state/watch-actions';
import type { WatchStore } from '../../state/watch-store';
import { drawPlaza, frameAt, HEIGHT, WIDTH } from './plaza';
import type { Story } from './stories';

const FRAMES_PER_SECOND = 12;

/** Calls `show` with a picture of the plaza so many times a second. */
function everyPicture(startS: number, show: (picture: ImageBitmap, timeS: number) => void): () => void {
  const canvas = new OffscreenCanvas(WIDTH, HEIGHT);
  let timeS = startS;
  const timer = setInterval(() => {
    timeS += 1 / FRAMES_PER_SECOND;
    drawPlaza(canvas, timeS);
    show(canvas.transferToImageBitmap(), timeS);
  }, 1000 / FRAMES_PER_SECOND);
  return () => clearInterval(timer);
}

/** Two seconds of the plaza as a video the page can play. */
async function recordedPlaza(): Promise<string> {
  const canvas = document.createElement('canvas');
  drawPlaza(canvas, 0);
  const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: 'video/webm' });
  const parts: Blob[] = [];
  recorder.ondataavailable = ({ data }) => parts.push(data);
  const stopped = new Promise((resolve) => {
    recorder.onstop = resolve;
  });
  recorder.start();
  for (let frame = 0; frame < 50; frame++) {
    drawPlaza(canvas, frame / 25);
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
  recorder.stop();
  await stopped;
  return URL.createObjectURL(new Blob(parts, { type: 'video/webm' }));
}

/** The timeline grows with every frame, as it does in a session. */
function grow(store: WatchStore, { score, returnPeriodS }: Moment) {
  store.setState(({ timeline, status }) => ({
    now: { score, returnPeriodS, reasons: [] },
    timeline: [
      ...timeline.slice(-2000),
      { timeS: (timeline.at(-1)?.timeS ?? 0) + 1 / FRAMES_PER_SECOND, score, returnPeriodS },
    ],
    status: { ...status, latencyMs: 60 + 10 * score },
  }));
}

export async function fakeActions(store: WatchStore, story: Story): Promise<WatchActions> {
  const url = story.file ? await recordedPlaza() : null;
  const phase = (name: ReturnType<WatchStore['getState']>['phase']) => async () => store.setState({ phase: name });
  const judged = () => ['watching', 'paused', 'ended'].includes(store.getState().phase);
  return {
    listCameras: async () => [
      { id: 'front', label: 'Integrated camera' },
      { id: 'yard', label: 'Yard camera (USB 2.0)' },
    ],
    useWebcam: phase('asking-permission'),
    useScreen: phase('asking-permission'),
    openVideo: phase('loading'),
    openImages: phase('loading'),
    tryDemo: phase('loading'),
    learn: phase('learning'),
    cancelLearning: phase('opened'),
    useSavedScene: phase('watching'),
    watch: phase('watching'),
    skipLearning: phase('watching'),
    chooseDetector: async (detector) => store.setState({ detector, judgedBy: detector }),
    stop: phase('empty'),
    exportReport: async () => {},
    jumpTo: () => {},
    setAlertBudget: async (alertsPerHour) => store.setState({ alertsPerHour }),
    previewRules: () => ({ before: 11, after: 3, durationS: 580 }),
    saveRules: async ({ perHour, rules }) => store.setState({ alertsPerHour: perHour, sceneRules: rules }),
    snooze: async () => {},
    heedLabels: async () => {},
    setOverlay: (overlay) => store.setState((state) => ({ overlay: { ...state.overlay, ...overlay } })),
    dismissError: () => store.setState({ error: null, phase: 'empty' }),
    onFrame: (draw) =>
      url
        ? () => {}
        : everyPicture(1, (picture, timeS) => {
            if (!judged()) return picture.close();
            const frame = frameAt(timeS, picture, store.getState().detector !== 'hybrid');
            draw(frame);
            grow(store, frame.moment);
          }),
    onPicture: (draw) => everyPicture(1, (picture) => (judged() ? picture.close() : draw(picture))),
    frameAt: (timeS) => (judged() ? frameAt(timeS + 1, null, store.getState().detector !== 'hybrid') : null),
    playerUrl: () => url,
  };
}
