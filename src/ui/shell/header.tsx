/** The bar on top: name, the open source, the session's actions, appearance and settings. */
import { ActionIcon, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { Link, useRoute } from 'wouter';
import type { SourceInfo } from '../../media/frame';
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

/** The pages; on narrow screens the icon of the name alone leads back to Watch. */
function Pages() {
  const [isReview] = useRoute('/review');
  return (
    <nav className={classes.pages} aria-label="Pages">
      <Link href="/" aria-current={isReview ? undefined : 'page'}>
        Watch
      </Link>
      <Link href="/review" aria-current={isReview ? 'page' : undefined}>
        Review
      </Link>
    </nav>
  );
}

export function Header() {
  const source = useWatch((state) => state.source);
  const [settingsOpened, settings] = useDisclosure(false);
  return (
    <header className={classes.header}>
      <Link href="/" className={classes.brand} aria-label="Oriel">
        <Logo />
        <span className={source ? classes.brandName : undefined}>Oriel</span>
      </Link>
      <Pages />
      {source && <SourceName source={source} />}
      <div className={classes.actions}>
        <SessionActions />
        <ColourSchemeToggle />
        <Tooltip label="Settings">
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label="Settings" onClick={settings.open}>
            <IconAdjustmentsHorizontal size={20} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
      </div>
      <SettingsDrawer opened={settingsOpened} close={settings.close} />
    </header>
  );
}
