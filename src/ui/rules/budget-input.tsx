/** The alert budget as a number of false alarms per hour or day. */
import { NumberInput, Select } from '@mantine/core';
import { useState } from 'react';
import classes from './rules.module.css';

const perUnit = { hour: 1, day: 24 } as const;
type Unit = keyof typeof perUnit;

export function BudgetInput({ perHour, change }: { perHour: number; change: (perHour: number) => void }) {
  const [unit, setUnit] = useState<Unit>(perHour < 1 ? 'day' : 'hour');
  return (
    <div className={classes.pair}>
      <NumberInput
        label="False alarms allowed"
        min={0.01}
        max={1000}
        decimalScale={2}
        value={Number((perHour * perUnit[unit]).toFixed(2))}
        onChange={(value) => typeof value === 'number' && value > 0 && change(value / perUnit[unit])}
      />
      <Select
        aria-label="Per"
        allowDeselect={false}
        data={[
          { value: 'hour', label: 'an hour' },
          { value: 'day', label: 'a day' },
        ]}
        value={unit}
        onChange={(value) => value && setUnit(value as Unit)}
      />
    </div>
  );
}
