/**
 * Every state of the Watch page without the engine, for looking at it while developing:
 * `npm run dev`, then /src/ui/stories/index.html?story=watching. Not part of the build.
 */
import { createRoot } from 'react-dom/client';
import { createWatchStore } from '../../state/watch-store';
import { App } from '../app';
import { fakeActions } from './fake-actions';
import { stories } from './stories';

const name = new URLSearchParams(location.search).get('story') ?? 'empty';
const story = stories[name];
if (!story) throw new Error(`There is no story '${name}'. There are: ${Object.keys(stories).join(', ')}.`);

const store = createWatchStore();
store.setState(await story.state());
createRoot(document.getElementById('root')!).render(<App store={store} actions={await fakeActions(store, story)} />);
