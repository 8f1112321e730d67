/** The command behind a result, as anyone could run it: without the folders of the machine that it ran on. */
import { isAbsolute } from 'node:path';

/** An option as it was given; `parseArgs` lists them as `tokens`. */
interface Token {
  kind: string;
  name?: string;
  value?: string;
}

/** Options that say where work is kept or how fast it is done, not what comes out. */
const LEFT_OUT = new Set(['cache', 'threads', 'resume']);

/** `npm run SCRIPT -- …`: each folder after `--data` becomes DIR, weights after `--from` WEIGHTS; a file outside of the project after `--out` is not named. */
export function spokenCommand(script: string, tokens: readonly Token[]): string {
  const said = tokens.flatMap(({ kind, name, value }) => {
    if (kind !== 'option' || !name || LEFT_OUT.has(name)) return [];
    if (name === 'out' && value && isAbsolute(value)) return [];
    const spoken = name === 'data' ? value?.split(',').fill('DIR').join(',') : name === 'from' ? 'WEIGHTS' : value;
    return [`--${name}`, ...(spoken === undefined ? [] : [spoken])];
  });
  return ['npm', 'run', script, '--', ...said].join(' ');
}
