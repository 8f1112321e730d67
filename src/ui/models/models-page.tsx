/** The detectors side by side: what each does, what of it was trained, and how that went. */
import { Anchor, Badge, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { lazy, Suspense, useEffect, useState } from 'react';
import { Link } from 'wouter';
import { catalogue, type DetectorCard, defaultDetector } from '../../detectors/catalogue';
import { type CurvePoint, fetchTrainingCurve } from '../../state/training-curve';
import classes from './models.module.css';

const TrainingChart = lazy(() => import('./training-chart').then(({ TrainingChart: chart }) => ({ default: chart })));

type Loaded = { curve: CurvePoint[] | null } | { error: string } | null;

function useTrainingCurve(detector: string): Loaded {
  const [loaded, setLoaded] = useState<Loaded>(null);
  useEffect(() => {
    const left = new AbortController();
    fetchTrainingCurve(detector, left.signal).then(
      (curve) => setLoaded({ curve }),
      (error: Error) => {
        if (!left.signal.aborted) setLoaded({ error: error.message });
      },
    );
    return () => left.abort();
  }, [detector]);
  return loaded;
}

function Training({ card: { name, title } }: { card: DetectorCard }) {
  const loaded = useTrainingCurve(name);
  if (!loaded) return <div className={classes.chart} aria-busy />;
  if ('error' in loaded) return <Text size="sm">{loaded.error}</Text>;
  if (!loaded.curve?.length)
    return (
      <Text size="sm" c="dimmed">
        Nothing of it was trained in advance.
      </Text>
    );
  return (
    <Suspense fallback={<div className={classes.chart} aria-busy />}>
      <TrainingChart title={title} curve={loaded.curve} />
    </Suspense>
  );
}

function ModelCard({ card }: { card: DetectorCard }) {
  return (
    <Paper component="section" aria-labelledby={`model-${card.name}`} withBorder p="lg" radius="md">
      <Stack gap="sm">
        <Group gap="xs">
          <Title order={2} size="h4" id={`model-${card.name}`}>
            {card.title}
          </Title>
          {card.name === defaultDetector && <Badge variant="light">Default</Badge>}
        </Group>
        <Text size="sm">{card.summary}</Text>
        <Training card={card} />
      </Stack>
    </Paper>
  );
}

export function ModelsPage() {
  return (
    <div className={classes.page}>
      <Stack gap="xs">
        <Title order={1} size="h2">
          Models
        </Title>
        <Text c="dimmed" maw={640}>
          All of them run in this tab. Each learns your scene in a minute or two; what was trained in advance came with
          the app. Choose one in the settings, and{' '}
          <Anchor component={Link} href="/" underline="always">
            go back to watching
          </Anchor>
          .
        </Text>
      </Stack>
      <div className={classes.cards}>
        {catalogue.map((card) => (
          <ModelCard key={card.name} card={card} />
        ))}
      </div>
    </div>
  );
}
