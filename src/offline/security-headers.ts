/** The headers that isolate the app and say what it may load: sent by our own servers, added by the service worker on any host. */

/** Cross-origin isolation: WebAssembly threads need it. */
export const isolationHeaders = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/**
 * What the page may load and run: its own files, and what it makes itself. No inline script, no eval, no other origin.
 *
 * Styles: Mantine writes its theme and the sizes of responsive components into <style> elements whose text depends on what is on
 * screen. A nonce or a hash has to come from a server, and there is none; so style elements may be inline, and style
 * attributes in markup may not.
 */
const pageDirectives = {
  'default-src': "'none'",
  'script-src': "'self' 'wasm-unsafe-eval'",
  'style-src': "'self' 'unsafe-inline'",
  'style-src-attr': "'none'",
  'connect-src': "'self'",
  'img-src': "'self' blob: data:",
  'media-src': "'self' blob:",
  'worker-src': "'self' blob:",
  'manifest-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
};

/** A worker has the policy of its own file. The threads of WebAssembly start from a script that the tensor worker puts together. */
const workerDirectives = { ...pageDirectives, 'script-src': `${pageDirectives['script-src']} blob:` };

const policy = (directives: Record<string, string>) =>
  Object.entries(directives)
    .map((entry) => entry.join(' '))
    .join('; ');

/** The page's Content-Security-Policy, which also stands in the built page. */
export const pagePolicy = policy(pageDirectives);

/** All headers of a file of the app. `isScript`: scripts are sent with the policy of workers; only those that start one heed it. */
export const securityHeaders = (isScript: boolean): Record<string, string> => ({
  ...isolationHeaders,
  'Content-Security-Policy': isScript ? policy(workerDirectives) : pagePolicy,
});
