/** Whether a learned scene fits: its detector, its format, the size of its picture. */
import type { LearnedScene } from './detector';

/** Throws where the scene is of another detector or version. */
export function requireSceneOf(scene: LearnedScene, detector: string, version: number): void {
  if (scene.detector === detector && scene.version === version) return;
  throw new Error(
    `This scene was learned by ${scene.detector} (format ${scene.version}); ${detector} reads format ${version}. Learn the scene again.`,
  );
}

/** Throws where the picture is not of the size in which the scene was learned. */
export function requireSceneSize(scene: LearnedScene, frame: { frameWidth: number; frameHeight: number }): void {
  const { width, height } = scene;
  const { frameWidth, frameHeight } = frame;
  if (width === frameWidth && height === frameHeight) return;
  throw new Error(
    `This scene was learned at ${width}×${height} pixels and the picture now has ${frameWidth}×${frameHeight}. Learn the scene again.`,
  );
}
