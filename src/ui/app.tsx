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
import type { Wall } from '../state/wall';
import { ModelsPage } from './models/models-page';
import { NoticesProvider } from './notices-context';
import { ReviewProvider } from './review-context';
import { NotFound } from './shell/not-found';
import { Shell } from './shell/shell';
import { cssVariables, theme } from './theme';
import { CameraPage } from './wall/camera-page';
import { HomePage } from './wall/home-page';
import { WallProvider } from './wall-context';

const ReviewPage = lazy(() => import('./review/review-page'));

/** What the pages show and do. */
interface AppProps {
  wall: Wall;
  review: { store: ReviewStore; actions: ReviewActions };
  notices: AlertNotices;
  /** None in development, where there is no service worker. */
  update?: AppUpdate;
}

export function App({ wall, review, notices, update }: AppProps) {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <Router hook={useHashLocation}>
        <WallProvider wall={wall}>
          <NoticesProvider value={notices}>
            <Shell update={update}>
              <Switch>
                <Route path="/" component={HomePage} />
                <Route path="/camera/:place" component={CameraPage} />
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
          </NoticesProvider>
          <Notifications position="bottom-right" />
        </WallProvider>
      </Router>
    </MantineProvider>
  );
}
