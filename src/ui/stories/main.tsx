/**
 * Every state of the Watch page without the engine, for looking at it while developing:
 * `npm run dev`, then /src/ui/stories/index.html?story=watching. Not part of the build.
 */
import { createRoot } from 'react-dom/client';
import { createAlertNotices } from '../../state/alert-notices';
import { createKeepsakes } from '../../state/keepsakes';
import { createReviewSession } from '../../state/review-session';
import { createReviewStore } from '../../state/review-store';
import { systemNotifications } from '../../state/system-notifications';
import { createWall } from '../../state/wall';
import { createWatchStore } from '../../state/watch-store';
import { openDatabase } from '../../storage/database';
import { footageFiles } from '../../storage/footage-files';
import { App } from '../app';
import { noticeInWords } from '../words/notice';
import { fakeActions } from './fake-actions';
import { type Story, stories } from './stories';

const name = new URLSearchParams(location.search).get('story') ?? 'empty';
const story = stories[name];
if (!story) throw new Error(`There is no story '${name}'. There are: ${Object.keys(stories).join(', ')}.`);

/** A camera in the state of a story. */
async function camera(of: Story) {
  const store = createWatchStore();
  store.setState(await of.state());
  const actions = { ...(await fakeActions(store, of)), dispose: async () => {} };
  return { store, actions };
}

const waiting = await Promise.all([story, ...(story.beside ?? []).map((beside) => stories[beside])].map(camera));
const empty = await camera(stories.empty);
const wall = createWall(() => waiting.shift() ?? empty);
while (waiting.length > 0) wall.add();
// The wall hears of alerts as they come.
for (const each of wall.store.getState().cameras) each.store.setState(({ alerts }) => ({ alerts: [...alerts] }));
const [{ store }] = wall.store.getState().cameras;
const database = openDatabase('oriel-stories');
const reviewStore = createReviewStore();
const review = {
  store: reviewStore,
  actions: createReviewSession({
    store: reviewStore,
    database,
    files: footageFiles('stories'),
    keepsakes: createKeepsakes(database, store),
  }),
};

const notices = createAlertNotices({
  keepsakes: createKeepsakes(database, store),
  notifications: systemNotifications(null),
  describe: noticeInWords,
  chime: () => undefined,
  isHidden: () => false,
  onVisibility: () => undefined,
});

createRoot(document.getElementById('root')!).render(<App wall={wall} review={review} notices={notices} />);
