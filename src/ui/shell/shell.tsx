/** The frame around every page: skip link, header, main. */
import type { ReactNode } from 'react';
import { Header } from './header';
import classes from './shell.module.css';

export function Shell({ children }: { children: ReactNode }) {
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
      <main id="main" tabIndex={-1} className={classes.main}>
        {children}
      </main>
    </div>
  );
}
