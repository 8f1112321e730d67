/** Review: what was recorded, event by event, with what the user says of it. Loaded when it is first opened. */
import { Button, CloseButton, Tabs, Text, Title, VisuallyHidden } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconAlertTriangle, IconArrowBackUp, IconMovie } from '@tabler/icons-react';
import { type CSSProperties, useEffect, useState } from 'react';
import { Link } from 'wouter';
import type { EventRecord } from '../../storage/recording-rows';
import { useReview, useReviewActions } from '../review-context';
import { StageProvider } from '../stage/stage-context';
import watchClasses from '../watch/watch.module.css';
import { BulkBar } from './bulk-bar';
import { EventFilters } from './event-filters';
import { EventList } from './event-list';
import { HelpOriel } from './help-oriel';
import { MissedDialog } from './missed-dialog';
import { RecordingList } from './recording-list';
import { RecordingView } from './recording-view';
import { RegionPanel } from './region-panel';
import classes from './review.module.css';
import { speeds } from './review-controls';
import { KeysSheet, useReviewKeys } from './review-keys';
import { useShownEvents } from './shown-events';
import { StoragePanel } from './storage-panel';
import { WorkspaceFiles } from './workspace-files';

function Problem() {
  const problem = useReview((state) => state.problem);
  const actions = useReviewActions();
  if (!problem) return null;
  return (
    <div className={watchClasses.banner} data-severity="error" role="alert">
      <IconAlertTriangle size={18} aria-hidden />
      <span>{problem}</span>
      <CloseButton size="sm" aria-label="Dismiss" onClick={() => actions.dismissProblem()} />
    </div>
  );
}

function NothingYet() {
  return (
    <div className={watchClasses.centre}>
      <IconMovie size={40} stroke={1.4} className={watchClasses.centreIcon} aria-hidden />
      <Title order={1} size="h2">
        Nothing recorded yet
      </Title>
      <Text c="dimmed" className={watchClasses.centreText}>
        Everything you watch is kept here, on this device: the scores, the events with their pictures, and video around
        each alert.
      </Text>
      <Button component={Link} href="/">
        Watch something
      </Button>
    </div>
  );
}

/** The last change, and the way back. */
function UndoBar() {
  const undoable = useReview((state) => state.undoable);
  const actions = useReviewActions();
  return (
    <div className={classes.undo} aria-live="polite">
      {undoable && (
        <>
          <Text size="sm">{undoable}</Text>
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconArrowBackUp size={15} />}
            onClick={() => void actions.undo()}
          >
            Undo
          </Button>
        </>
      )}
    </div>
  );
}

type SideTab = 'events' | 'recordings' | 'region';

interface SideProps {
  shown: EventRecord[];
  tab: SideTab;
  setTab: (tab: SideTab) => void;
}

function Side({ shown, tab, setTab }: SideProps) {
  const unread = useReview((state) => state.events.reduce((sum, { reviewed }) => sum + Number(!reviewed), 0));
  return (
    <aside className={classes.side} aria-label="Events and recordings">
      <Tabs value={tab} onChange={(value) => setTab(value as SideTab)} className={classes.tabs}>
        <Tabs.List grow>
          <Tabs.Tab value="events">Events{unread > 0 ? ` (${unread.toLocaleString()} new)` : ''}</Tabs.Tab>
          <Tabs.Tab value="recordings">Recordings</Tabs.Tab>
          <Tabs.Tab value="region">Search</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="events" className={classes.tabPanel}>
          <HelpOriel />
          <EventFilters />
          <BulkBar shown={shown} />
          <EventList events={shown} />
          <UndoBar />
        </Tabs.Panel>
        <Tabs.Panel value="recordings" className={classes.tabPanel}>
          <RecordingList />
          <StoragePanel />
          <WorkspaceFiles />
        </Tabs.Panel>
        <Tabs.Panel value="region" className={classes.tabPanel}>
          {tab === 'region' && <RegionPanel />}
        </Tabs.Panel>
      </Tabs>
    </aside>
  );
}

function Workbench() {
  const [speed, setSpeed] = useState(1);
  const [tab, setTab] = useState<SideTab>('events');
  const [keysOpened, keys] = useDisclosure(false);
  const [exportOpened, exporting] = useDisclosure(false);
  const shown = useShownEvents();
  const ratio = useReview(({ recording }) => (recording ? recording.source.width / recording.source.height : 16 / 9));
  const toggleSearch = () => setTab(tab === 'region' ? 'events' : 'region');
  const open = { openHelp: keys.open, openExport: exporting.open, toggleSearch };
  useReviewKeys({ shown, speed, setSpeed, speeds, ...open });
  return (
    <div className={classes.review} style={{ '--ratio': ratio } as CSSProperties}>
      <VisuallyHidden component="h1">Review</VisuallyHidden>
      <RecordingView
        speed={speed}
        setSpeed={setSpeed}
        openKeys={keys.open}
        exporting={{ opened: exportOpened, ...exporting }}
      />
      <Side shown={shown} tab={tab} setTab={setTab} />
      <MissedDialog />
      <KeysSheet opened={keysOpened} close={keys.close} />
    </div>
  );
}

export default function ReviewPage() {
  const actions = useReviewActions();
  const ready = useReview((state) => state.ready);
  const isEmpty = useReview((state) => state.recordings.length === 0);
  useEffect(() => actions.open(), [actions]);
  return (
    <>
      <Problem />
      {ready && isEmpty && <NothingYet />}
      {ready && !isEmpty && (
        <StageProvider attentionMissing="Recordings keep evidence, not attention.">
          <Workbench />
        </StageProvider>
      )}
    </>
  );
}
