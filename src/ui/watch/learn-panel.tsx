/** Before watching: teach Oriel what is normal here, or use what it learned before. */
import { Button, FileButton, SegmentedControl, Text, Title } from '@mantine/core';
import { IconFileImport, IconHistory, IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import { cardOf } from '../../detectors/catalogue';
import type { SourceInfo } from '../../media/frame';
import type { LearnPlan } from '../../worker/protocol';
import { DetectorSelect } from '../shell/detector-choice';
import { useActions, useRun, useWatch } from '../watch-context';
import { span } from '../words/clock';
import { useBeginWatching } from './begin-watching';
import { NormalRange, usualRange } from './normal-range';
import classes from './watch.module.css';

/** Lengths of live learning to choose from, in seconds. */
const durations = [30, 60, 120, 300, 600];

/** So many frames a second are analysed where something happens all the time (`engine/sampler`). */
const DENSE_FPS = 12;

const savedAtFormat: Intl.DateTimeFormatOptions = {
  day: 'numeric',
  month: 'short',
  hour: 'numeric',
  minute: '2-digit',
};

/** What becomes of a stretch that is longer than what the detector keeps. */
function LongStretch({ lengthS }: { lengthS: number }) {
  const { title, mostLearned } = cardOf(useWatch((state) => state.detector));
  const mostS = mostLearned / DENSE_FPS;
  if (lengthS <= mostS) return null;
  return (
    <Text size="xs" c="dimmed">
      Of so long a stretch {title} keeps at most {Math.round(mostS / 60)} min, in half minutes spread over all of it.
    </Text>
  );
}

function LivePlan({ learn }: { learn: (plan: LearnPlan) => void }) {
  const [seconds, setSeconds] = useState(120);
  return (
    <>
      <Text size="sm" c="dimmed" id="learn-how">
        Let ordinary life pass for a while. The longer you learn, the rarer the things that can be told apart.
      </Text>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label="Time to learn"
        value={String(seconds)}
        onChange={(value) => setSeconds(Number(value))}
        data={durations.map((value) => ({ value: String(value), label: span(value) }))}
      />
      <LongStretch lengthS={seconds} />
      <Button size="md" onClick={() => learn({ kind: 'live', seconds })}>
        Learn this scene
      </Button>
    </>
  );
}

function RecordedPlan({ durationS, learn }: { durationS: number; learn: (plan: LearnPlan) => void }) {
  const [range, setRange] = useState(() => usualRange(durationS));
  return (
    <>
      <Text size="sm" c="dimmed">
        Choose a part of the recording in which nothing unusual happens.
      </Text>
      <NormalRange durationS={durationS} range={range} onChange={setRange} />
      <LongStretch lengthS={range[1] - range[0]} />
      <Button size="md" onClick={() => learn({ kind: 'range', fromS: range[0], toS: range[1] })}>
        Learn this scene
      </Button>
      <FileButton accept="video/*,.mkv" onChange={(file) => file && learn({ kind: 'example', file })}>
        {(props) => (
          <Button {...props} variant="subtle" leftSection={<IconFileImport size={16} />}>
            Learn from another recording
          </Button>
        )}
      </FileButton>
    </>
  );
}

function SavedScene(props: { savedAt: number; durationS: number; use: () => void }) {
  const time = new Date(props.savedAt).toLocaleString(undefined, savedAtFormat);
  return (
    <Button
      variant="default"
      justify="flex-start"
      leftSection={<IconHistory size={16} />}
      rightSection={<span className={classes.savedLength}>{span(props.durationS)}</span>}
      styles={{ label: { flex: 1 } }}
      aria-label={`Use scene of ${time}, ${span(props.durationS)}`}
      onClick={props.use}
    >
      {time}
    </Button>
  );
}

function SavedScenes({ use }: { use: (id: string) => void }) {
  const savedScenes = useWatch((state) => state.savedScenes);
  if (!savedScenes.length) return null;
  return (
    <div className={classes.saved}>
      <Text size="sm" fw={600} component="h3">
        Use what was learned before
      </Text>
      {savedScenes.slice(0, 4).map(({ id, savedAt, durationS }) => (
        <SavedScene key={id} savedAt={savedAt} durationS={durationS} use={() => use(id)} />
      ))}
    </div>
  );
}

function SkipLearning() {
  const actions = useActions();
  const run = useRun();
  return (
    <div>
      <Button variant="default" fullWidth onClick={() => run(actions.skipLearning())}>
        Skip and use shipped weights
      </Button>
      <Text size="xs" c="dimmed" mt="xs">
        Watches at once, but knows nothing of this place: only what was learned in advance counts.
      </Text>
    </div>
  );
}

export function LearnPanel({ source }: { source: SourceInfo }) {
  const scene = useWatch((state) => state.scene);
  const detector = useWatch((state) => state.detector);
  const actions = useActions();
  const run = useRun();
  const beginWatching = useBeginWatching();
  const learn = (plan: LearnPlan) => beginWatching(() => actions.learn(plan));
  return (
    <div className={classes.panel}>
      <Title order={2} size="h4">
        What is normal here?
      </Title>
      <DetectorSelect />
      {source.durationS === null ? (
        <LivePlan learn={learn} />
      ) : (
        <RecordedPlan durationS={source.durationS} learn={learn} />
      )}
      {cardOf(detector).judgesUnlearned && <SkipLearning />}
      {scene && (
        <Button variant="default" leftSection={<IconPlayerPlay size={16} />} onClick={() => run(actions.watch())}>
          Watch with the scene at hand
        </Button>
      )}
      {/* biome-ignore lint/correctness/useHookAtTopLevel: an action, not a hook */}
      <SavedScenes use={(id) => beginWatching(() => actions.useSavedScene(id))} />
    </div>
  );
}
