/** The whole page: theme, routes, notifications. Routes live in the hash, so any static host serves them. */
import './mantine-styles';
import './app.css';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { lazy, Suspense } from 'react';
import { Route, Router, Switch } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import type { AlertNotices } from '../state/alert-notices';
import type { AppUpdate } from '../state/app-update';
import type { ReviewActions } from '../state/review-actions';
import type { ReviewStore } from '../state/review-store';
import type { WatchActions } from '../state/watch-actions';
import type { WatchStore } from '../state/watch-store';
import { ModelsPage } from './models/models-page';
import { NoticesProvider } from './notices-context';
import { ReviewProvider } from './review-context';
import { NotFound } from './shell/not-found';
import { Shell } from './shell/shell';
import { cssVariables, theme } from './theme';
import { WatchPage } from './watch/watch-page';
import { WatchProvider } from './watch-context';

const ReviewPage = lazy(() => import('./review/review-page'));

/** What the pages show and do. */
interface AppProps {
  store: WatchStore;
  actions: WatchActions;
  review: { store: ReviewStore; actions: ReviewActions };
  notices: AlertNotices;
  /** None in development, where there is no service worker. */
  update?: AppUpdate;
}

export function App({ store, actions, review, notices, update }: AppProps) {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <WatchProvider store={store} actions={actions}>
        <NoticesProvider value={notices}>
          <Router hook={useHashLocation}>
            <Shell update={update}>
              <Switch>
                <Route path="/" component={WatchPage} />
                <Route path="/review">
                  <Suspense>
                    <ReviewProvider {...review}>
                      <ReviewPage />
                    </ReviewProvider>
                  </Suspense>
                </Route>
                <Route path="/models" component={ModelsPage} />
                <Route component={NotFound} />
              </Switch>
            </Shell>
          </Router>
        </NoticesProvider>
        <Notifications position="bottom-right" />
      </WatchProvider>
    </MantineProvider>
  );
}
