/** A list of numbered images as a source: in natural order, at a rate the user gives, nothing dropped. */
import { fingerprint } from './fingerprint';
import { analysisSize, type Frame, type FrameSource, SourceError, type SourceInfo } from './frame';
import { PixelReader } from './pixel-reader';
import { refuseTooSmall } from './smallest-picture';

export interface ImageOptions {
  /** Images per second, > 0; default 10. */
  fps?: number;
}

const IMAGE_NAME = /\.(png|jpe?g|webp|bmp|gif|avif|tiff?)$/i;
const naturally = new Intl.Collator('en', { numeric: true });

const pathOf = (file: File) => file.webkitRelativePath || file.name;
const isImage = (file: File) => (file.type ? file.type.startsWith('image/') : IMAGE_NAME.test(file.name));

/** The images among the files, as people count: 2.png before 10.png; hidden files and others are left out. */
export const numberedImages = (files: readonly File[]): File[] =>
  files
    .filter((file) => isImage(file) && !file.name.startsWith('.'))
    .sort((a, b) => naturally.compare(pathOf(a), pathOf(b)));

/**
 * Open a folder or list of images. The first one gives the size; others are fitted into it. `timeS` is the image's
 * place in the list divided by `fps`.
 *
 * Throws SourceError: 'no-images', 'image-unreadable' (names the file), 'too-small'; the iteration throws
 * 'image-unreadable' at a later image the browser cannot read.
 */
export async function openImageSource(files: readonly File[], { fps = 10 }: ImageOptions = {}): Promise<FrameSource> {
  if (!(fps > 0)) throw new RangeError(`fps is ${fps}; give the images per second as a number above 0.`);
  const images = numberedImages(files);
  if (images.length === 0) {
    throw new SourceError(
      'no-images',
      `None of the ${files.length} files is an image; choose a folder of numbered PNG, JPEG or WebP images.`,
    );
  }
  const first = await readImage(images[0]);
  try {
    refuseTooSmall(images[0].name, first.width, first.height);
    return new ImageSource(images, fps, {
      kind: 'images',
      name: listName(images),
      id: `images:${images.length}:${await fingerprint([images[0], images[images.length - 1]])}`,
      ...analysisSize(first.width, first.height),
      durationS: images.length / fps,
      live: false,
    });
  } finally {
    first.close();
  }
}

/** The folder's name, else the first image's. */
function listName(images: readonly File[]): string {
  const folders = images[0].webkitRelativePath.split('/');
  return folders.length > 1 ? folders[folders.length - 2] : images[0].name;
}

class ImageSource implements FrameSource {
  readonly dropped = 0;
  readonly #pixels: PixelReader;
  #disposed = false;

  constructor(
    private readonly images: readonly File[],
    private readonly fps: number,
    readonly info: SourceInfo,
  ) {
    this.#pixels = new PixelReader(info.width, info.height);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Frame, void, undefined> {
    for (let i = 0; i < this.images.length && !this.#disposed; i++) {
      const image = await readImage(this.images[i]);
      const frame = this.#frame(image, i / this.fps);
      if (this.#disposed) return;
      yield frame;
    }
  }

  #frame(image: ImageBitmap, timeS: number): Frame {
    const { width, height } = this.info;
    try {
      return { timeS, width, height, data: this.#pixels.readFitted(image, image) };
    } finally {
      image.close();
    }
  }

  dispose(): void {
    this.#disposed = true;
  }
}

async function readImage(file: File): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(file);
  } catch (cause) {
    const remedy = /\.tiff?$/i.test(file.name)
      ? 'browsers do not show TIFF, so convert the images to PNG'
      : 'take it out of the folder, or replace it';
    throw new SourceError('image-unreadable', `The image “${pathOf(file)}” cannot be read; ${remedy}.`, { cause });
  }
}
