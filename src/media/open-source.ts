/** Opens, in the worker, whatever the page asks for. */
import type { FileRange } from './file-source';
import type { FrameSource } from './frame';
import type { ImageOptions } from './image-source';
import type { LiveRequest } from './stream-source';

/** What to open. Streams and ports are transferred into the worker, files are cloned. */
export type SourceRequest =
  | LiveRequest
  | { kind: 'file'; file: File }
  | { kind: 'images'; files: File[] }
  | { kind: 'demo'; seed: number };

/**
 * The source that was asked for; each kind's code is loaded when it is first needed. `options` apply to the kinds that
 * know them: a range to files, a rate to images. Throws SourceError with a sentence for the user.
 */
export async function openSource(request: SourceRequest, options: FileRange & ImageOptions = {}): Promise<FrameSource> {
  switch (request.kind) {
    case 'stream':
    case 'bitmaps':
      return (await import('./stream-source')).openStreamSource(request);
    case 'file':
      return (await import('./file-source')).openFileSource(request.file, options);
    case 'images':
      return (await import('./image-source')).openImageSource(request.files, options);
    case 'demo':
      return (await import('./synthetic/demo')).demoSource(request.seed);
  }
}
