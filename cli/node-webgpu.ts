/** WebGPU in Node, by the npm package `webgpu` (Dawn). It is large and of use with a graphics card only, so it is not a dependency. */

/** What is used of the package. */
interface NodeWebgpu {
  create(options: string[]): GPU;
  /** `GPUBufferUsage` and its like, which browsers have as globals. */
  globals: object;
}

const PACKAGE = 'webgpu';
const load = () => import(PACKAGE) as Promise<NodeWebgpu>;

/** Puts `navigator.gpu` in place, as in a browser. Throws an Error that says what to do where the package is missing. */
export async function provideWebgpu(packaged: () => Promise<NodeWebgpu> = load): Promise<void> {
  if (globalThis.navigator?.gpu) return;
  const { create, globals } = await packaged().catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'ERR_MODULE_NOT_FOUND') throw cause;
    throw new Error(
      'WebGPU in Node needs a package that is not installed: npm install --no-save webgpu. Or choose --backend wasm.',
    );
  });
  Object.assign(globalThis, globals);
  // Node 20 has no navigator.
  if (!globalThis.navigator) Object.defineProperty(globalThis, 'navigator', { value: {}, configurable: true });
  Object.defineProperty(globalThis.navigator, 'gpu', { value: create([]), configurable: true });
}
