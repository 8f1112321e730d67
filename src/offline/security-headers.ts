/** The headers that isolate the app and say what it may load: sent by our own servers, added by the service worker on any host. */

/** Cross-origin isolation: WebAssembly threads need it. */
export const isolationHeaders = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};
