/** A drawer with what may be tuned while watching, and what the engine runs on. */
import { Drawer, SegmentedControl, Slider, Stack, Text, useMantineColorScheme } from '@mantine/core';
import type { ReactNode } from 'react';
import { OverlayControls } from '../stage/overlay-controls';
import { useCameraStates, useCameras, useLookedAt } from '../wall-context';
import { useActions, useRun, useWatch } from '../watch-context';
import { budgetInWords } from '../words/return-period';
import { DetectorChoice } from './detector-choice';
import { NoticeSettingsForm } from './notice-settings';

/** Alert budgets to choose from, expected false alarms per hour. */
const budgets = [1 / 24, 1 / 6, 1, 4, 12];

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <Text component="h3" size="sm" fw={600} mb="xs">
        {title}
      </Text>
      {children}
    </section>
  );
}

/** What is set where several cameras are in view. */
function ForAll({ differ }: { differ: boolean }) {
  const looked = useLookedAt();
  const { length } = useCameras();
  if (looked || length < 2) return null;
  return (
    <Text size="sm" c="dimmed" mb="xs">
      {differ ? `The ${length} cameras differ; what you choose holds for all.` : `Holds for all ${length} cameras.`}
    </Text>
  );
}

const differ = (values: readonly unknown[]) => new Set(values).size > 1;

function AlertBudget() {
  const perHour = useWatch((state) => state.alertsPerHour);
  const all = useCameraStates((state) => state.alertsPerHour);
  const actions = useActions();
  const run = useRun();
  const distance = (budget: number) => Math.abs(Math.log(budget / perHour));
  const nearest = budgets.reduce(
    (best, budget, index) => (distance(budget) < distance(budgets[best]) ? index : best),
    0,
  );
  return (
    <>
      <ForAll differ={differ(all)} />
      <Slider
        value={nearest}
        onChange={(index) => run(actions.setAlertBudget(budgets[index]))}
        onChangeEnd={(index) => differ(all) && run(actions.setAlertBudget(budgets[index]))}
        min={0}
        max={budgets.length - 1}
        marks={budgets.map((_, value) => ({ value }))}
        label={null}
        thumbLabel="Alert budget"
        thumbValueText={(index) => budgetInWords(budgets[index])}
        mb="xs"
      />
      <Text size="sm" c="dimmed">
        Alert when something is rarer than {budgetInWords(budgets[nearest])} would allow.
      </Text>
    </>
  );
}

function EngineFacts() {
  const backend = useWatch((state) => state.status.backend);
  const reason =
    backend?.reason ?? 'Chosen when the first source is opened: WebGPU where the browser has it, else WebAssembly.';
  return (
    <Text size="sm" c="dimmed">
      {reason}
    </Text>
  );
}

function Appearance() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentedControl
      fullWidth
      aria-label="Colours"
      value={colorScheme}
      onChange={(value) => setColorScheme(value as typeof colorScheme)}
      data={[
        { value: 'auto', label: 'As the system' },
        { value: 'light', label: 'Light' },
        { value: 'dark', label: 'Dark' },
      ]}
    />
  );
}

function Detectors() {
  const all = useCameraStates((state) => state.detector);
  return (
    <>
      <ForAll differ={differ(all)} />
      <DetectorChoice />
    </>
  );
}

export function SettingsDrawer({ opened, close }: { opened: boolean; close: () => void }) {
  return (
    <Drawer.Root opened={opened} onClose={close} position="right" size="sm">
      <Drawer.Overlay />
      <Drawer.Content>
        {/* Not a second banner of the page. */}
        <Drawer.Header role="presentation">
          <Drawer.Title>Settings</Drawer.Title>
          <Drawer.CloseButton aria-label="Close settings" />
        </Drawer.Header>
        <Drawer.Body>
          <Stack gap="xl">
            <Section title="Alert budget">
              <AlertBudget />
            </Section>
            <Section title="Notifications">
              <NoticeSettingsForm />
            </Section>
            <Section title="Detector">
              <Detectors />
            </Section>
            <Section title="Overlay">
              <OverlayControls explains />
            </Section>
            <Section title="Colours">
              <Appearance />
            </Section>
            <Section title="Engine">
              <EngineFacts />
            </Section>
          </Stack>
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}
