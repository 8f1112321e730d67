/**
 * `npm test`: everything that is checked, one step after another, and one line of the sum at the end.
 * Names of steps as arguments run only those: `npm test -- types unit`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { ensureChromium } from '../e2e/chromium-install.ts';

interface Tally {
  passed: number;
  failed: number;
  /** Of those passed, how many did so only at the second attempt. */
  flaky: number;
}

interface Step {
  name: string;
  command: string[];
  /** JSON report to count from; without one the step counts as one check. */
  report?: string;
  browser?: boolean;
}

const reports = 'test-results';

const vitest = (project: string): Step => ({
  name: project,
  command: [
    'vitest',
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile=${reports}/${project}.json`,
  ],
  report: `${reports}/${project}.json`,
});

const steps: Step[] = [
  { name: 'types', command: ['tsc', '--noEmit'] },
  { name: 'lint', command: ['biome', 'ci', '--colors=off', '.'] },
  { name: 'arrows', command: ['depcruise', 'src', 'cli', 'e2e'] },
  { name: 'unused', command: ['knip'] },
  vitest('unit'),
  { ...vitest('browser'), browser: true },
  { name: 'build', command: ['vite', 'build', '--logLevel', 'warn'] },
  { name: 'e2e', command: ['playwright', 'test'], report: `${reports}/e2e.json`, browser: true },
];

/** Passed and failed tests of a Vitest or a Playwright report. An interrupted test counts as failed. */
function countReport(path: string): Tally {
  const report = JSON.parse(readFileSync(path, 'utf8'));
  if (report.stats) {
    const { expected, unexpected, flaky } = report.stats;
    return { passed: expected + flaky, failed: unexpected + report.errors.length, flaky };
  }
  const brokenFiles = report.testResults.filter(
    (file: { status: string; assertionResults: unknown[] }) =>
      file.status === 'failed' && file.assertionResults.length === 0,
  );
  return { passed: report.numPassedTests, failed: report.numFailedTests + brokenFiles.length, flaky: 0 };
}

const inWords = ({ passed, failed, flaky }: Tally) =>
  `${passed} passed${flaky > 0 ? ` (${flaky} of them only at the second attempt)` : ''}, ${failed} failed`;

function runStep(step: Step): Tally {
  console.log(`\n── ${step.name}: ${step.command.join(' ')}`);
  if (step.report) rmSync(step.report, { force: true });
  const started = performance.now();
  const { status } = spawnSync(step.command[0], step.command.slice(1), {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, VITE_CONFIG_NATIVE_IGNORE_WARNING: 'true' },
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  const ok = status === 0;
  const tally =
    step.report && existsSync(step.report)
      ? countReport(step.report)
      : { passed: Number(ok), failed: Number(!ok), flaky: 0 };
  if (!ok && tally.failed === 0) tally.failed = 1;
  console.log(`── ${step.name}: ${inWords(tally)}, ${seconds} s`);
  return tally;
}

const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !steps.some((step) => step.name === name));
if (unknown.length > 0) {
  throw new Error(`There is no step '${unknown[0]}'; the steps are ${steps.map((step) => step.name).join(', ')}.`);
}
const run = chosen.length > 0 ? steps.filter((step) => chosen.includes(step.name)) : steps;
if (run.some((step) => step.browser)) console.log(`Chromium: ${ensureChromium()}`);
mkdirSync(reports, { recursive: true });

const tallies = run.map(runStep);
const sum = (key: keyof Tally) => tallies.reduce((total, tally) => total + tally[key], 0);
const broken = run.filter((_, index) => tallies[index].failed > 0).map((step) => step.name);
if (broken.length > 0) console.log(`\nFailed in: ${broken.join(', ')}`);
console.log(`\n${inWords({ passed: sum('passed'), failed: sum('failed'), flaky: sum('flaky') })}`);
process.exitCode = sum('failed') > 0 ? 1 : 0;
