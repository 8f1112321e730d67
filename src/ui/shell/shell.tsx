/** The frame around every page: skip link, header, the word of a new version, main. */
import type { ReactNode } from 'react';
import type { AppUpdate } from '../../state/app-update';
import { Header } from './header';
import classes from './shell.module.css';
import { useUnseenCount } from './unseen-count';
import { UpdatePrompt } from './update-prompt';

export function Shell({ update, children }: { update?: AppUpdate; children: ReactNode }) {
  useUnseenCount();
  return (
    <div className={classes.shell}>
      {/* biome-ignore lint/a11y/useValidAnchor: a skip link; the address's hash belongs to the router */}
      <a
        className={classes.skip}
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          document.getElementById('main')?.focus();
        }}
      >
        Skip to the content
      </a>
      <Header />
      {update && <UpdatePrompt update={update} />}
      <main id="main" tabIndex={-1} className={classes.main}>
        {children}
      </main>
    </div>
  );
}
