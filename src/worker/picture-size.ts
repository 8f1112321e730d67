/** A scene fits pictures of the size in which it was learned; what has another size is refused before its first frame. */
import { type LearnedScene, LearningError } from '../detectors/detector';
import type { SourceInfo } from '../media/frame';

/** Throws where the scene was learned at another picture size than this source has. */
export function requireSceneSize(scene: LearnedScene, { name, width, height }: SourceInfo): void {
  if (scene.width === width && scene.height === height) return;
  throw new LearningError(
    `This scene was learned at ${scene.width}×${scene.height} pixels, but “${name}” has ${width}×${height}; learn the scene again.`,
  );
}

/** Throws LearningError where the example has another picture size than what is to be watched. */
export function requireExampleSize(example: SourceInfo, watched: SourceInfo): void {
  if (example.width === watched.width && example.height === watched.height) return;
  throw new LearningError(
    `“${example.name}” has ${example.width}×${example.height} pixels, but “${watched.name}” has ${watched.width}×${watched.height}; learn from footage of the same camera and picture size.`,
  );
}
