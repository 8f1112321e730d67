/** Which door a handful of chosen or dropped files goes through. */
import type { WatchActions } from '../../state/watch-actions';

const imageName = /\.(png|jpe?g|webp|bmp|gif|tiff?|avif)$/i;
const isImage = (file: File) => file.type.startsWith('image/') || imageName.test(file.name);
const isVideo = (file: File) => file.type.startsWith('video/') || /\.(mp4|m4v|mov|webm|mkv|avi)$/i.test(file.name);

/**
 * Opens a video where there is one, else the images as one sequence, else the first file, so that the
 * source can say what is wrong with it. Does nothing for no files.
 */
export async function openFiles(files: File[], actions: Pick<WatchActions, 'openVideo' | 'openImages'>): Promise<void> {
  const video = files.find(isVideo);
  const images = files.filter(isImage);
  if (video) return actions.openVideo(video);
  if (images.length) return actions.openImages(images);
  if (files.length) return actions.openVideo(files[0]);
}
