/** Watch: one screen per phase; an open source keeps its stage from learning to the end. */
import { StartPage } from '../start/start-page';
import { useWatch } from '../watch-context';
import { ErrorScreen } from './error-screen';
import { LoadingScreen } from './loading-screen';
import { PermissionScreen } from './permission-screen';
import { Remarks } from './remarks';
import { SessionView } from './session-view';

function PhaseScreen() {
  const phase = useWatch((state) => state.phase);
  const source = useWatch((state) => state.source);
  switch (phase) {
    case 'empty':
      return <StartPage />;
    case 'asking-permission':
      return <PermissionScreen />;
    case 'error':
      return <ErrorScreen />;
    default:
      return source && phase !== 'loading' ? <SessionView key={source.id} source={source} /> : <LoadingScreen />;
  }
}

export function WatchPage() {
  return (
    <>
      <Remarks />
      <PhaseScreen />
    </>
  );
}
