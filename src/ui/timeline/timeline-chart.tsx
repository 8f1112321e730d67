/** The curve itself, drawn by Recharts: rarity over time, gaps hatched, alerts marked, the alert threshold. */
import { memo } from 'react';
import { Area, ComposedChart, ReferenceArea, ReferenceLine, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import type { TimelineGap } from '../../state/watch-store';
import { clock } from '../words/clock';
import { rarityOfPeriod, rarityTicks } from '../words/return-period';
import classes from './timeline.module.css';
import type { Mark, SeriesPoint, Span } from './timeline-series';

/** Plot area inside the chart, in pixels; the layer for pointer and playhead uses the same. */
export const plotInset = { top: 10, right: 10, bottom: 22, left: 44 };

/** What was found is marked along the bottom, as a share of the plot's height. */
const FOUND_HEIGHT = 0.07;

const axisStyle = { fontSize: 12, fill: 'var(--mantine-color-dimmed)' };
const rarityOfTick = rarityTicks.map(({ periodS }) => rarityOfPeriod(periodS));
const wordOfTick = (value: number) => rarityTicks[rarityOfTick.indexOf(value)]?.word.replace(' ', '\u00a0') ?? '';

interface TimelineChartProps {
  series: SeriesPoint[];
  gaps: TimelineGap[];
  alerts: Mark[];
  /** Stretches that a search has found. */
  found?: readonly Span[];
  view: Span;
  /** Up to here the source has been analysed, in seconds: where an alert that goes on ends for now. */
  newestS: number;
  threshold: number;
  /** A moment in words; the time since the start unless told. */
  wordOfTime?: (timeS: number) => string;
}

/** The part of fromS…toS inside the view, or null. */
function within(fromS: number, toS: number, view: Span): Span | null {
  const clipped: Span = [Math.max(fromS, view[0]), Math.min(toS, view[1])];
  return clipped[1] >= clipped[0] ? clipped : null;
}

const severityColour = {
  notice: 'var(--notice)',
  warning: 'var(--warning)',
  critical: 'var(--critical)',
} satisfies Record<Mark['severity'], string>;

export const TimelineChart = memo(function TimelineChart(props: TimelineChartProps) {
  const { series, gaps, alerts, found = [], view, newestS, threshold, wordOfTime = clock } = props;
  const hatched = gaps.flatMap((gap) => {
    const span = within(gap.fromS, gap.toS, view);
    return span ? [{ key: gap.fromS, span }] : [];
  });
  const marked = alerts.flatMap((alert) => {
    const span = within(alert.startS, alert.endS ?? Math.max(alert.startS, newestS), view);
    return span ? [{ key: alert.id, span, colour: severityColour[alert.severity] }] : [];
  });
  const searched = found.flatMap(([fromS, toS]) => {
    const span = within(fromS, toS, view);
    return span ? [{ key: fromS, span }] : [];
  });
  return (
    <ResponsiveContainer width="100%" height="100%" className={classes.chart}>
      <ComposedChart data={series} margin={{ ...plotInset, left: 0, bottom: 0 }} accessibilityLayer={false}>
        <defs>
          <pattern id="timeline-gap" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <line x1="0" y1="0" x2="0" y2="7" stroke="var(--hatch)" strokeWidth="3" />
          </pattern>
        </defs>
        <XAxis
          dataKey="timeS"
          type="number"
          domain={view}
          allowDataOverflow
          tickFormatter={wordOfTime}
          tick={axisStyle}
          tickLine={false}
          axisLine={{ stroke: 'var(--line)' }}
          height={plotInset.bottom}
          minTickGap={48}
        />
        <YAxis
          type="number"
          domain={[0, 1]}
          ticks={rarityOfTick}
          tickFormatter={wordOfTick}
          tick={axisStyle}
          tickLine={false}
          axisLine={false}
          interval={0}
          width={plotInset.left}
        />
        {hatched.map(({ key, span }) => (
          <ReferenceArea key={`gap ${key}`} x1={span[0]} x2={span[1]} fill="url(#timeline-gap)" fillOpacity={1} />
        ))}
        {marked.map(({ key, span, colour }) => (
          <ReferenceArea key={key} x1={span[0]} x2={span[1]} fill={colour} fillOpacity={0.2} stroke={colour} />
        ))}
        {searched.map(({ key, span }) => (
          <ReferenceArea
            key={`found ${key}`}
            x1={span[0]}
            x2={span[1]}
            y1={0}
            y2={FOUND_HEIGHT}
            fill="var(--accent-text)"
            fillOpacity={1}
            stroke="var(--accent-text)"
            strokeWidth={2}
          />
        ))}
        <ReferenceLine y={threshold} stroke="var(--mantine-color-dimmed)" strokeDasharray="4 4" />
        <Area
          dataKey="score"
          type="linear"
          stroke="var(--accent-line)"
          strokeWidth={1.5}
          fill="var(--accent-line)"
          fillOpacity={0.14}
          isAnimationActive={false}
          connectNulls={false}
          dot={false}
          activeDot={false}
        />
      </ComposedChart>
    </ResponsiveContainer>
  );
});
