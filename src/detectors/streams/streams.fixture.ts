/** Streams without a picture: people who walk to the right along two lanes, on a grid of 24×16 cells. */
import { createRng } from '../../lib/rng';
import { learnSceneMemory } from './scene-memory';
import type { StreamFrame } from './stream-frame';
import { stretchDefaults, type TrainingScene } from './training-stretches';

export const FIXTURE_GRID = { width: 24, height: 16, cellSize: 10 };
const FPS = 10;

export interface WalkOptions {
  seconds?: number;
  seed?: number;
  /** Frame pixels per second, to the right. */
  speed?: number;
}

/** One clip; the lower lane is nearer and moves 1.5 times as fast in the picture. */
export function walkingClip({ seconds = 6, seed = 1, speed = 30 }: WalkOptions = {}): StreamFrame[] {
  const rng = createRng(seed);
  const walkers = [0, 1, 2].map((lane) => ({ x: rng.between(0, 24), y: lane === 2 ? 11 : 4 + lane }));
  return Array.from({ length: Math.round(seconds * FPS) }, (_, index) => {
    const frame = emptyFrame(index / FPS);
    for (const [cell] of frame.texture.entries()) frame.texture[cell] = Math.round(8 * Math.sin(cell) + rng.normal());
    for (const walker of walkers) {
      const pace = (walker.y > 8 ? 1.5 : 1) * speed * rng.between(0.9, 1.1);
      walker.x = (walker.x + pace / FPS / FIXTURE_GRID.cellSize) % FIXTURE_GRID.width;
      for (const [dx, dy] of [
        [0, 0],
        [0, 1],
        [1, 0],
        [1, 1],
      ])
        move(frame, Math.floor(walker.x) + dx, walker.y + dy, pace, 0);
    }
    return frame;
  });
}

/** Give a cell a velocity, in frame pixels per second. */
export function move(frame: StreamFrame, x: number, y: number, velocityX: number, velocityY: number): void {
  const { width } = frame.grid;
  if (x < 0 || x >= width) return;
  const cell = y * width + x;
  frame.averagedX[cell] = velocityX;
  frame.velocityX[cell] = velocityX;
  frame.averagedY[cell] = velocityY;
  frame.velocityY[cell] = velocityY;
  frame.texture[cell] = 60;
  frame.change[cell] = 120;
}

function emptyFrame(timeS: number): StreamFrame {
  const { width, height, cellSize } = FIXTURE_GRID;
  const cells = width * height;
  const plane = () => new Float32Array(cells);
  const looks = () => new Int8Array(cells);
  return {
    timeS,
    frameWidth: width * cellSize,
    frameHeight: height * cellSize,
    moving: 0.03,
    grid: FIXTURE_GRID,
    averagedX: plane(),
    averagedY: plane(),
    velocityX: plane(),
    velocityY: plane(),
    change: new Uint8Array(cells),
    texture: looks(),
    gradientX: looks(),
    gradientY: looks(),
    redness: looks(),
    blueness: looks(),
    still: looks(),
  };
}

/** A scene to train on: four seconds of walking, and another walk as what was learned. */
export function walkingScene(): TrainingScene {
  const frames = walkingClip({ seconds: 4 });
  return {
    share: 1,
    memories: [learnSceneMemory(walkingClip({ seed: 2 }), 1)],
    normal: [{ frames, abnormal: frames.map(() => null) }],
    planted: [],
  };
}

/** Two short stretches of it, with pseudo-anomalies. */
export const smallStretches = { ...stretchDefaults, clips: 2, length: 4, height: 12, width: 16, pseudo: 1, planted: 0 };
