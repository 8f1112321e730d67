/** What raises an alert, and in which part of the picture: set here, tried on this session, then saved. */
import { Button, Group, NumberInput, Select, Switch, Text, Title } from '@mantine/core';
import { IconEyeOff, IconPlus } from '@tabler/icons-react';
import type { SourceInfo } from '../../media/frame';
import type { RulesDraft } from '../stage/stage-context';
import { useActions, useRun } from '../watch-context';
import { BudgetInput } from './budget-input';
import { PreviewText } from './preview-text';
import classes from './rules.module.css';
import { SensitivitySelect } from './sensitivity-select';
import { useDraft } from './use-draft';
import { ZoneForm } from './zone-form';

type Draft = ReturnType<typeof useDraft>;

function Timing({ rules, changeRules }: { rules: RulesDraft['rules'] } & Pick<Draft, 'changeRules'>) {
  const seconds = (name: 'minimumDurationS' | 'cooldownS', label: string, description: string) => (
    <NumberInput
      label={label}
      description={description}
      suffix=" s"
      min={0}
      max={600}
      decimalScale={1}
      value={rules[name]}
      onChange={(value) => typeof value === 'number' && changeRules({ [name]: value })}
    />
  );
  return (
    <>
      {seconds('minimumDurationS', 'Least duration', 'Shorter than this raises no alert.')}
      {seconds('cooldownS', 'Cooldown', 'The same again within this time belongs to the alert before.')}
    </>
  );
}

function Tiers({ rules, changeRules }: { rules: RulesDraft['rules'] } & Pick<Draft, 'changeRules'>) {
  const times = (name: 'warningTimes' | 'criticalTimes', label: string) => (
    <NumberInput
      label={label}
      suffix="× rarer"
      min={1}
      max={10_000}
      value={rules[name]}
      onChange={(value) => typeof value === 'number' && changeRules({ [name]: value })}
    />
  );
  return (
    <div className={classes.pair}>
      {times('warningTimes', 'Warning from')}
      {times('criticalTimes', 'Critical from')}
    </div>
  );
}

function Zones({ source, control }: { source: SourceInfo; control: Draft }) {
  const { draft, change, changeRules, addZone, changeZone, removeZone } = control;
  if (!draft) return null;
  const { zones, outside } = draft.rules;
  const selected = zones.find(({ id }) => id === draft.zoneId);
  return (
    <>
      <Group gap="xs">
        <Button variant="default" leftSection={<IconPlus size={16} />} onClick={() => addZone('watch', source)}>
          Add zone
        </Button>
        <Button variant="default" leftSection={<IconEyeOff size={16} />} onClick={() => addZone('ignore', source)}>
          Ignore a place
        </Button>
      </Group>
      {zones.length > 0 && (
        <Select
          label="Zone to change"
          placeholder="Choose one, here or on the picture"
          data={zones.map(({ id, name }) => ({ value: id, label: name || 'Without a name' }))}
          value={draft.zoneId}
          onChange={(zoneId) => change({ zoneId })}
        />
      )}
      {selected && (
        <>
          <ZoneForm
            zone={selected}
            change={(changes) => changeZone(selected.id, changes)}
            remove={() => removeZone(selected.id)}
          />
          <Text size="sm" c="dimmed">
            Drag the corners on the picture, or move them with the arrow keys; a press beside them adds one, Delete
            removes one.
          </Text>
        </>
      )}
      {zones.some(({ kind }) => kind === 'watch') && (
        <Switch
          label="Alert outside of the zones too"
          checked={outside}
          onChange={({ currentTarget }) => changeRules({ outside: currentTarget.checked })}
        />
      )}
    </>
  );
}

export function RulesPanel({ source }: { source: SourceInfo }) {
  const control = useDraft();
  const { draft, change, changeRules, drop } = control;
  const actions = useActions();
  const run = useRun();
  if (!draft) return null;
  const save = async () => {
    await actions.saveRules(draft);
    drop();
  };
  return (
    <section className={classes.panel} aria-label="Alert rules" data-keeps-escape>
      <Title order={2} size="h5">
        Alert rules
      </Title>
      <BudgetInput perHour={draft.perHour} change={(perHour) => change({ perHour })} />
      <Timing rules={draft.rules} changeRules={changeRules} />
      <Tiers rules={draft.rules} changeRules={changeRules} />
      <SensitivitySelect
        label={draft.rules.zones.length > 0 ? 'Sensitivity outside of the zones' : 'Sensitivity in this scene'}
        value={draft.rules.sensitivity}
        change={(sensitivity) => changeRules({ sensitivity })}
      />
      <Title order={3} size="h6">
        Zones
      </Title>
      <Zones source={source} control={control} />
      <div className={classes.foot}>
        <PreviewText draft={draft} />
        <Group gap="xs">
          <Button onClick={() => run(save())}>Save rules</Button>
          <Button variant="default" onClick={drop}>
            Cancel
          </Button>
        </Group>
      </div>
    </section>
  );
}
