/** Loss and AUC over the updates of a training, drawn by Recharts. */
import { CartesianGrid, Line, LineChart, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import { type CurvePoint, smoothedCurve } from '../../state/training-curve';
import classes from './models.module.css';

const axisStyle = { fontSize: 12, fill: 'var(--mantine-color-dimmed)' };
const short = new Intl.NumberFormat('en', { maximumSignificantDigits: 2 });

/** In words what the curve shows. */
function curveInWords(curve: readonly CurvePoint[]): string {
  const smoothed = smoothedCurve(curve, 20);
  const [first, last] = [smoothed[0], smoothed[smoothed.length - 1]];
  const validated = curve.flatMap(({ validation }) => validation ?? []);
  const best = validated.length
    ? `; on what was left out the AUC was ${short.format(1 - Math.min(...validated))} at best (dots)`
    : '';
  return `Loss over ${last.step} updates: from ${short.format(first.total)} to ${short.format(last.total)}${best}`;
}

/** What is drawn at a point: the loss, and the AUC where it was measured. */
const drawn = ({ step, total, validation }: CurvePoint) => ({
  step,
  total,
  auc: validation === undefined ? undefined : 1 - validation,
});

export function TrainingChart({ title, curve }: { title: string; curve: readonly CurvePoint[] }) {
  const words = curveInWords(curve);
  return (
    <figure className={classes.figure} aria-label={`Training of ${title}`}>
      <div className={classes.chart}>
        <ResponsiveContainer width="100%" height="100%">
          <LineChart
            data={smoothedCurve(curve).map(drawn)}
            margin={{ top: 8, right: 0, bottom: 0, left: -16 }}
            accessibilityLayer={false}
          >
            <CartesianGrid vertical={false} stroke="var(--mantine-color-default-border)" />
            <XAxis dataKey="step" type="number" domain={['dataMin', 'dataMax']} tick={axisStyle} tickLine={false} />
            <YAxis
              scale="log"
              domain={['auto', 'auto']}
              tick={axisStyle}
              tickLine={false}
              axisLine={false}
              tickFormatter={(value: number) => short.format(value)}
            />
            <YAxis
              yAxisId="auc"
              orientation="right"
              width={36}
              domain={[0.5, 1]}
              tick={axisStyle}
              tickLine={false}
              axisLine={false}
              tickFormatter={(value: number) => short.format(value)}
            />
            <Line dataKey="total" stroke="var(--mantine-primary-color-filled)" dot={false} isAnimationActive={false} />
            <Line
              yAxisId="auc"
              dataKey="auc"
              stroke="var(--warning)"
              strokeWidth={0}
              dot={{ r: 3, fill: 'var(--warning)', strokeWidth: 0 }}
              isAnimationActive={false}
            />
          </LineChart>
        </ResponsiveContainer>
      </div>
      <figcaption className={classes.caption}>{words}.</figcaption>
    </figure>
  );
}
