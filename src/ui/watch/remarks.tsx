/** Slim lines above the page: an error that does not end the session, a passing remark. */
import { CloseButton } from '@mantine/core';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import { useState } from 'react';
import { useActions, useWatch } from '../watch-context';
import classes from './watch.module.css';

function PassingRemark({ text }: { text: string }) {
  const [read, setRead] = useState('');
  if (read === text) return null;
  return (
    <div className={classes.banner}>
      <IconInfoCircle size={18} aria-hidden />
      <span>{text}</span>
      <CloseButton size="sm" aria-label="Dismiss" onClick={() => setRead(text)} />
    </div>
  );
}

export function Remarks() {
  const error = useWatch((state) => (state.phase === 'error' ? null : state.error));
  const notice = useWatch((state) => state.notice);
  const actions = useActions();
  return (
    <>
      {error && (
        <div className={classes.banner} data-severity="error" role="alert">
          <IconAlertTriangle size={18} aria-hidden />
          <span>{error.message}</span>
          <CloseButton size="sm" aria-label="Dismiss" onClick={() => actions.dismissError()} />
        </div>
      )}
      <div aria-live="polite">{notice && <PassingRemark text={notice} />}</div>
    </>
  );
}
