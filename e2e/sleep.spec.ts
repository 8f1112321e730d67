/** A machine that sleeps: all processes of the browser stand still for a while, and what it watched goes on afterwards. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from './fixtures.ts';

/** Chromium ignores switches it does not know; by this one its processes are found. */
const MARK = '--a-browser-that-sleeps';
const ASLEEP_S = 8;

test.use({ switches: [MARK] });

test('after a sleep it watches on; the time nobody watched is a gap, not an alert', async ({ watch }) => {
  test.skip(process.platform === 'win32', 'processes cannot be stopped and continued there');
  test.setTimeout(150_000);
  await watch.open();
  await watch.chooseDetector('STADNet');
  await watch.useWebcam.click();
  await watch.skipLearning.click({ timeout: 60_000 });
  const framesS = async () => (await watch.report()).frames.map(({ timeS }) => timeS);
  const judged = (count: number) =>
    expect.poll(async () => (await framesS()).length, { timeout: 60_000, intervals: [1000] }).toBeGreaterThan(count);
  await watch.untilJudged(60_000);
  await judged(10);
  const alerts = await watch.alertItems.count();
  const processes = browserProcesses();
  try {
    signal(processes, 'SIGSTOP');
    await new Promise((resolve) => setTimeout(resolve, 1000 * ASLEEP_S));
  } finally {
    signal(processes, 'SIGCONT');
  }
  await judged((await framesS()).length + 10);
  const steps = (await framesS()).map((timeS, index, all) => (index > 0 ? timeS - all[index - 1] : 0));
  expect(Math.max(...steps)).toBeGreaterThan(ASLEEP_S - 1);
  expect(Math.max(...steps)).toBeLessThan(ASLEEP_S + 5);
  expect(await watch.alertItems.count()).toBe(alerts);
});

/** The browser's own process and all that it started. */
function browserProcesses(): number[] {
  const processes = existsSync('/proc/self/stat') ? linuxProcesses() : listedProcesses();
  const found = new Set(processes.filter(({ words }) => words.includes(MARK)).map(({ pid }) => pid));
  for (let before = -1; before < found.size; ) {
    before = found.size;
    for (const { pid, parent } of processes) if (found.has(parent)) found.add(pid);
  }
  return [...found];
}

interface RunningProcess {
  pid: number;
  parent: number;
  /** The command line. */
  words: string;
}

/** Small systems have no `ps`. */
function linuxProcesses(): RunningProcess[] {
  return readdirSync('/proc').flatMap((entry) => {
    if (!/^\d+$/.test(entry)) return [];
    try {
      const [parent] = readFileSync(`/proc/${entry}/stat`, 'utf8').split(') ')[1].split(' ').slice(1);
      return [{ pid: Number(entry), parent: Number(parent), words: readFileSync(`/proc/${entry}/cmdline`, 'utf8') }];
    } catch {
      return []; // it has ended meanwhile
    }
  });
}

function listedProcesses(): RunningProcess[] {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8', maxBuffer: 2 ** 26 }).split('\n');
  return rows.flatMap((row) => {
    const [, pid, parent, words] = row.trim().match(/^(\d+)\s+(\d+)\s+(.*)$/) ?? [];
    return words ? [{ pid: Number(pid), parent: Number(parent), words }] : [];
  });
}

function signal(processes: readonly number[], name: NodeJS.Signals) {
  for (const pid of processes) {
    try {
      process.kill(pid, name);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error; // it has ended meanwhile
    }
  }
}
