/** The frame around every page: skip link, header, main. */
import type { ReactNode } from 'react';
import { Header } from './header';
import classes from './shell.module.css';

export function Shell({ children }: { children: ReactNode }) {
  return (
    <div className={classes.shell}>
      <a
        className={classes.skip}
        href="#main"
        onClick={(event) => {
          event.preventDefault(); // the hash belongs to the router
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
