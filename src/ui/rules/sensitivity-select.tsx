/** How many times the alert budget is allowed in one part of the picture, in words. */
import { Select } from '@mantine/core';

const choices = [
  { value: '0.1', label: 'Far fewer alerts' },
  { value: '0.3', label: 'Fewer alerts' },
  { value: '1', label: 'As set above' },
  { value: '3', label: 'More alerts' },
  { value: '10', label: 'Far more alerts' },
];

/** A value in between, as a lowered threshold leaves it, is offered too while it holds. */
const withValue = (value: number) =>
  choices.some((choice) => Number(choice.value) === value)
    ? choices
    : [...choices, { value: String(value), label: `${Number(value.toPrecision(2))}× the alerts` }].sort(
        (a, b) => Number(a.value) - Number(b.value),
      );

export function SensitivitySelect(props: { label: string; value: number; change: (value: number) => void }) {
  const { label, value, change } = props;
  return (
    <Select
      label={label}
      allowDeselect={false}
      data={withValue(value)}
      value={String(value)}
      onChange={(chosen) => chosen && change(Number(chosen))}
    />
  );
}
