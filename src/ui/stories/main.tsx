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
import { createWatchStore } from '../../state/watch-store';
import { openDatabase } from '../../storage/database';
import { footageFiles } from '../../storage/footage-files';
import { App } from '../app';
import { noticeInWords } from '../words/notice';
import { fakeActions } from './fake-actions';
import { stories } from './stories';

const name = new URLSearchParams(location.search).get('story') ?? 'empty';
const story = stories[name];
if (!story) throw new Error(`There is no story '${name}'. There are: ${Object.keys(stories).join(', ')}.`);

const store = createWatchStore();
store.setState(await story.state());
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
  watch: store,
  keepsakes: createKeepsakes(database, store),
  notifications: systemNotifications(null),
  describe: noticeInWords,
  chime: () => undefined,
  isHidden: () => false,
  onVisibility: () => undefined,
});

createRoot(document.getElementById('root')!).render(
  <App store={store} actions={await fakeActions(store, story)} review={review} notices={notices} />,
);
