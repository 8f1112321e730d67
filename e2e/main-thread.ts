/** How long the page's main thread is busy at a time, from the browser's own trace. */
import type { Browser, Page } from '@playwright/test';

interface TraceEvent {
  name: string;
  pid: number;
  tid: number;
  /** Wall time and processor time, in microseconds. */
  dur?: number;
  tdur?: number;
  args: { name?: string };
}

/** Tasks of the main thread, longest first, in milliseconds. */
export interface MainThreadTasks {
  /** Processor time: what the page itself needed, whatever else the machine was doing. */
  busyMs: number[];
  /** Wall time: what a user had to wait, other programs included. */
  wallMs: number[];
}

/** Traces the page while `action` runs. */
export async function mainThreadTasks(
  browser: Browser,
  page: Page,
  action: () => Promise<void>,
): Promise<MainThreadTasks> {
  await browser.startTracing(page, { categories: ['disabled-by-default-devtools.timeline', '__metadata'] });
  await action();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  const mains = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid}/${tid}`),
  );
  const tasks = traceEvents.filter(({ name, pid, tid }) => name === 'RunTask' && mains.has(`${pid}/${tid}`));
  const longestFirst = (durations: number[]) => durations.map((each) => each / 1000).sort((a, b) => b - a);
  return {
    busyMs: longestFirst(tasks.map(({ tdur = 0 }) => tdur)),
    wallMs: longestFirst(tasks.map(({ dur = 0 }) => dur)),
  };
}
