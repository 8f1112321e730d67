/** A progress bar on standard error: redrawn on a terminal, one line per tenth elsewhere. */

/** `update(done)` of `total` (fractions count as parts of one); the time left is extrapolated. */
export function progressBar(label: string, total: number): (done: number) => void {
  const started = performance.now();
  let tenth = -1;
  return (done) => {
    const share = total ? done / total : 1;
    const leftS = done ? ((performance.now() - started) / 1000) * (1 / share - 1) : Number.NaN;
    const bar = '█'.repeat(Math.round(share * 24)).padEnd(24, '░');
    const left = done === total ? '' : Number.isNaN(leftS) ? '' : ` ${Math.ceil(leftS)} s left`;
    const line = `${label} ${bar} ${Math.floor(done)}/${total}${left}`;
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${line}${done === total ? '\n' : ''}`);
    else if (Math.floor(share * 10) !== tenth) process.stderr.write(`${line}\n`);
    tenth = Math.floor(share * 10);
  };
}
