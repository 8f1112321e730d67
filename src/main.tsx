/** Wires worker, stores and storage to the page. */
import { createRoot } from 'react-dom/client';
import { sceneFromJson } from './engine/scene-json';
import { openScreen } from './media/screen';
import { listCameras, onCameraReturn, openWebcam } from './media/webcam';
import { createAlertNotices } from './state/alert-notices';
import { createAppUpdate } from './state/app-update';
import { createChime } from './state/chime';
import { createKeepsakes } from './state/keepsakes';
import { createRecorder } from './state/recorder';
import { createReviewSession } from './state/review-session';
import { createReviewStore } from './state/review-store';
import { saveReport } from './state/save-report';
import { createWatchSession, type SessionParts } from './state/session';
import { systemNotifications } from './state/system-notifications';
import { createWall, forEveryCamera, type WallCamera } from './state/wall';
import { createWatchStore } from './state/watch-store';
import { openDatabase } from './storage/database';
import { footageFiles } from './storage/footage-files';
import { closeInterrupted } from './storage/interrupted';
import { App } from './ui/app';
import { noticeInWords } from './ui/words/notice';
import { createEngineClient } from './worker/engine-client';
import { createTensorPool } from './worker/tensor-pool';

/** Where models/ and wasm/ are served: beside the page, wherever it is hosted. */
const assets = new URL('.', document.baseURI).href;

/** `?backend=webgpu` or `?backend=wasm` overrides the choice, for tests and for devices whose WebGPU misbehaves. */
function chosenBackend() {
  const asked = new URLSearchParams(location.search).get('backend');
  return asked === 'webgpu' || asked === 'wasm' ? asked : 'auto';
}

async function demoScene() {
  const response = await fetch(`${assets}models/demo-scene.json`);
  if (!response.ok) throw new Error(`The demo's scene is missing on the server (${response.status}).`);
  return sceneFromJson(await response.text());
}

function onVisibility(listener: (hidden: boolean) => void) {
  const report = () => listener(document.visibilityState === 'hidden');
  document.addEventListener('visibilitychange', report);
  return () => document.removeEventListener('visibilitychange', report);
}

const tensors = createTensorPool();
const database = openDatabase();

/** The built app works without a network; in development everything comes from the server. */
const update = import.meta.env.PROD
  ? createAppUpdate({
      container: navigator.serviceWorker ?? null,
      address: `${assets}service-worker.js`,
      reload: () => location.reload(),
    })
  : undefined;

const notices = createAlertNotices({
  keepsakes: createKeepsakes(database, createWatchStore()),
  notifications: systemNotifications(navigator.serviceWorker ?? null),
  describe: noticeInWords,
  chime: createChime(),
  isHidden: () => document.visibilityState === 'hidden',
  onVisibility,
});

/** A session with all it needs for itself; tensors, storage and media are everyone's. */
function createCamera(admit: SessionParts['admit']) {
  const store = createWatchStore();
  const keepsakes = createKeepsakes(database, store);
  const recorder = createRecorder({
    database,
    onRefused: (notice) => store.setState({ notice }),
    persist: () => void navigator.storage?.persist?.(),
    locks: navigator.locks,
  });
  const actions = createWatchSession({
    store,
    createClient: (events) => createEngineClient(assets, tensors, events),
    keepsakes,
    recorder,
    backend: chosenBackend(),
    listCameras,
    openWebcam,
    openScreen,
    onCameraReturn,
    admit,
    demoScene,
    onVisibility,
    saveReport: (format, observations) => saveReport(format, store.getState(), observations),
  });
  // What is loaded for a source stays for use without a network.
  store.subscribe(({ phase }, before) => {
    if (before.phase === 'loading' && phase !== 'loading') void update?.keepModels('used');
  });
  notices.attend(store);
  return { store, actions };
}

const wall = createWall(createCamera);
const cameras = () => wall.store.getState().cameras;

const reviewStore = createReviewStore();
const review = {
  store: reviewStore,
  actions: createReviewSession({
    store: reviewStore,
    database,
    files: footageFiles(),
    // What it has to say is shown where the first camera is, whichever that is then.
    keepsakes: createKeepsakes(database, {
      getState: () => cameras()[0].store.getState(),
      setState: (change) => cameras()[0].store.setState(change),
    }),
    onLabels: () => void forEveryCamera(cameras()).heedLabels(),
  }),
};

/** What an earlier visit left open is closed once the page has shown itself. */
async function tidyUp() {
  if (!navigator.locks || !navigator.storage?.getDirectory) return;
  await closeInterrupted(database, footageFiles(), navigator.locks);
}
// A database that cannot be opened has been told of where the preferences are read.
setTimeout(() => void tidyUp().catch((error) => console.warn(error)), 1000);

// A pressed notification leads to the camera's page, which shows the alert; what was closed since is on the Review page.
notices.store.subscribe(({ wanted }, before) => {
  if (wanted === null || wanted === before.wanted) return;
  const raised = ({ store }: WallCamera) => store.getState().alerts.some(({ id }) => id === wanted);
  const place = cameras().findIndex(raised) + 1;
  location.hash = place === 0 ? '#/review' : cameras().length === 1 ? '#/' : `#/camera/${place}`;
  if (place === 0) notices.shown();
});

// Who installs the app may be without a network at once.
window.addEventListener('appinstalled', () => void update?.keepModels('all'));

createRoot(document.getElementById('root')!).render(
  <App wall={wall} review={review} notices={notices} update={update} />,
);
