/** A few worker threads that take jobs in turn; results come back in the order of the jobs. */
import { Worker } from 'node:worker_threads';

/** What a worker answers to a job: its progress (0…1) any number of times, then one result or error. */
export type WorkerAnswer<Result> = { progress: number } | { result: Result } | { error: string; name?: string };

/** Run jobs on `threads` workers of one script; `onProgress(done)` adds up jobs and parts of jobs. The first error ends all; its name comes with it where the worker sends one. */
export async function runJobs<Job, Result>(
  script: URL,
  jobs: readonly Job[],
  threads: number,
  onProgress: (done: number) => void = () => {},
): Promise<Result[]> {
  const results: Result[] = [];
  const workers: Worker[] = [];
  let next = 0;
  const progress = jobs.map(() => 0);
  const advance = (index: number, share: number) => {
    progress[index] = share;
    onProgress(progress.reduce((sum, part) => sum + part, 0));
  };
  const lane = async () => {
    if (next >= jobs.length) return;
    const worker = startWorker(script);
    workers.push(worker);
    while (next < jobs.length) {
      const index = next++;
      results[index] = await answerTo<Job, Result>(worker, jobs[index], (share) => advance(index, share));
      advance(index, 1);
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(threads, jobs.length) }, lane));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return results;
}

/** Node 20 does not hand tsx on to its workers, so each one registers it before it loads the script: for imports, and for what requires modules. */
function startWorker(script: URL): Worker {
  const load = `Promise.all([import('tsx/cjs/api'), import('tsx/esm/api')])
    .then((loaders) => { for (const { register } of loaders) register(); return import(${JSON.stringify(script.href)}); })`;
  return new Worker(load, { eval: true });
}

function answerTo<Job, Result>(worker: Worker, job: Job, onProgress: (share: number) => void): Promise<Result> {
  return new Promise((resolve, reject) => {
    const finish = (act: () => void) => {
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      act();
    };
    const onError = (error: unknown) => finish(() => reject(error));
    const onExit = (code: number) =>
      finish(() => reject(new Error(`A worker ended with code ${code} before its job was done.`)));
    const onMessage = (answer: WorkerAnswer<Result>) => {
      if ('result' in answer) finish(() => resolve(answer.result));
      else if ('error' in answer)
        finish(() => reject(Object.assign(new Error(answer.error), answer.name && { name: answer.name })));
      else onProgress(answer.progress);
    };
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    worker.postMessage(job);
  });
}
