/** The bar on top: name, the open source, the session's actions, appearance and settings. */
import { ActionIcon, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconAdjustmentsHorizontal, IconLayoutGrid } from '@tabler/icons-react';
import { useEffect } from 'react';
import { Link, useLocation } from 'wouter';
import type { SourceInfo } from '../../media/frame';
import { useCameras, useLookedAt } from '../wall-context';
import { useWatch } from '../watch-context';
import { ColourSchemeToggle } from './colour-scheme-toggle';
import { Logo } from './logo';
import { SessionActions } from './session-actions';
import { SettingsDrawer } from './settings-drawer';
import classes from './shell.module.css';
import { sourceIcons } from './source-icons';

function SourceName({ source }: { source: SourceInfo }) {
  const Icon = sourceIcons[source.kind];
  return (
    <div className={classes.source} title={source.name}>
      <Icon size={16} aria-hidden />
      <span>{source.name}</span>
    </div>
  );
}

/** What the page is about: one source, or all cameras. */
function Subject() {
  const source = useWatch((state) => state.source);
  const looked = useLookedAt();
  const { length } = useCameras();
  if (looked) return source && <SourceName source={source} />;
  return (
    <div className={classes.source}>
      <IconLayoutGrid size={16} aria-hidden />
      <span>{length} cameras</span>
    </div>
  );
}

/** The pages; on narrow screens the icon of the name alone leads back to Watch. */
function Pages() {
  const [path] = useLocation();
  return (
    <nav className={classes.pages} aria-label="Pages">
      <Link href="/" aria-current={path === '/' || path.startsWith('/camera/') ? 'page' : undefined}>
        Watch
      </Link>
      <Link href="/review" aria-current={path === '/review' ? 'page' : undefined}>
        Review
      </Link>
    </nav>
  );
}

export function Header() {
  const named = useWatch((state) => state.source !== null);
  const looked = useLookedAt();
  const [settingsOpened, { open: openSettings, close: closeSettings }] = useDisclosure(false);
  const [path] = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a link in the settings leads away from them.
  useEffect(closeSettings, [path]);
  return (
    <header className={classes.header}>
      <Link href="/" className={classes.brand} aria-label="Oriel">
        <Logo />
        <span className={named ? classes.brandName : undefined}>Oriel</span>
      </Link>
      <Pages />
      <Subject />
      <div className={classes.actions}>
        {looked && <SessionActions />}
        <span className={classes.roomy}>
          <ColourSchemeToggle />
        </span>
        <Tooltip label="Settings">
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label="Settings" onClick={openSettings}>
            <IconAdjustmentsHorizontal size={20} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
      </div>
      <SettingsDrawer opened={settingsOpened} close={closeSettings} />
    </header>
  );
}
