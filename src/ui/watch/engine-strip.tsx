/** What the engine is doing, in numbers, at the foot of the page. */
import { IconCpu } from '@tabler/icons-react';
import type { WatchState } from '../../state/watch-store';
import { RangeWeights } from '../stage/range-weights';
import { useSlowWatch } from '../watch-context';
import classes from './watch.module.css';

const selectStatus = (state: WatchState) => state.status;

function backendName({ backend, threads }: NonNullable<WatchState['status']['backend']>): string {
  if (backend === 'webgpu') return 'WebGPU';
  return `WebAssembly, ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
}

export function EngineStrip() {
  const status = useSlowWatch(selectStatus, 500);
  const { backend, analysedFps, dropped, latencyMs, intervalMs } = status;
  return (
    // A status is a live region by default; these numbers change every second and must not be read out.
    <div className={classes.engine} role="status" aria-label="Engine" aria-live="off">
      <span title={backend?.reason}>
        <IconCpu size={16} aria-hidden /> {backend ? backendName(backend) : 'No engine yet'}
      </span>
      <span>{analysedFps.toFixed(1)} fps analysed</span>
      <span>{dropped} dropped</span>
      <span>{Math.round(latencyMs)} ms latency</span>
      <span>a frame every {Math.round(intervalMs)} ms</span>
      <RangeWeights />
    </div>
  );
}
