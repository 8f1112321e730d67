/** Frames as pictures: bitmaps for the stage, small JPEGs for alerts. */
import type { Frame } from '../media/frame';

/** Longest side of an alert's thumbnail, in pixels. */
const THUMBNAIL_SIDE = 320;

export interface Pictures {
  bitmap(frame: Frame): Promise<ImageBitmap>;
  /** Null where the browser cannot encode JPEG in a worker. */
  thumbnail(frame: Frame): Promise<Blob | null>;
}

const toBitmap = ({ data, width, height }: Frame) =>
  createImageBitmap(new ImageData(data as Uint8ClampedArray<ArrayBuffer>, width, height));

export const browserPictures: Pictures = {
  bitmap: toBitmap,
  async thumbnail(frame) {
    const scale = Math.min(1, THUMBNAIL_SIDE / Math.max(frame.width, frame.height));
    const canvas = new OffscreenCanvas(Math.ceil(frame.width * scale), Math.ceil(frame.height * scale));
    const context = canvas.getContext('2d');
    if (!context) return null;
    const bitmap = await toBitmap(frame);
    context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.8 });
  },
};
