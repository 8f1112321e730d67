/** Reads the pixels of anything that can be drawn, at one fixed size. */

/** Where a picture of one size goes in another so that all of it is seen with its aspect kept: left, top, width, height. */
export function containedRect(
  picture: { width: number; height: number },
  frame: { width: number; height: number },
): [x: number, y: number, width: number, height: number] {
  const scale = Math.min(frame.width / picture.width, frame.height / picture.height);
  const width = picture.width * scale;
  const height = picture.height * scale;
  const fills = frame.width - width < 2 && frame.height - height < 2;
  return fills
    ? [0, 0, frame.width, frame.height]
    : [(frame.width - width) / 2, (frame.height - height) / 2, width, height];
}

/** Anything with pixels: drawn through one canvas kept in main memory, because every frame is read back. */
export class PixelReader {
  readonly #context: OffscreenCanvasRenderingContext2D;

  /** Reads pictures at width × height pixels. */
  constructor(
    readonly width: number,
    readonly height: number,
  ) {
    const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true, alpha: false });
    if (!context)
      throw new Error(`No 2-D canvas of ${width} × ${height} pixels could be made; close other tabs and reload.`);
    context.imageSmoothingQuality = 'medium';
    this.#context = context;
  }

  /** RGBA of a picture of the given size, fitted into the frame; what it leaves free is black. */
  readFitted(image: VideoFrame | ImageBitmap, size: { width: number; height: number }): Uint8ClampedArray {
    const rect = containedRect(size, this);
    if (rect[2] < this.width || rect[3] < this.height) this.#context.clearRect(0, 0, this.width, this.height);
    return this.read((context) => context.drawImage(image, ...rect));
  }

  /** RGBA of whatever `draw` draws over the whole frame, row by row: width × height × 4 values. */
  read(draw: (context: OffscreenCanvasRenderingContext2D) => void): Uint8ClampedArray {
    draw(this.#context);
    return this.#context.getImageData(0, 0, this.width, this.height).data;
  }
}
