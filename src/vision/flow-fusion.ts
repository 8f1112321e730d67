/**
 * One flow out of several: at every cell the velocity, of those proposed for it and for its neighbours, that fits best where it is looked at
 * closely. Each proposal sees what the others miss (large windows what is faint, small ones what is narrow, coarse grids what is fast).
 * Choosing among candidate flows by their matching cost: Lempitsky, Roth & Blake, *FusionFlow*, CVPR 2008; taking over from neighbours: Barnes
 * et al., *PatchMatch*, SIGGRAPH 2009.
 */
import { blockMatchingDefaults } from './block-matching';
import { createPlane, type Plane } from './plane';

/** A flow on the grid (x right, y down); here in cells per second. */
export interface Flow {
  x: Plane;
  y: Plane;
}

/** What proposals are judged by: both pictures on a grid twice as fine, high-passed, and the seconds between them. */
export interface CloseView {
  current: Plane;
  previous: Plane;
  gapS: number;
}

/** The window reaches so many fine cells beyond the 2×2 of the cell. */
const REACH = 2;
const WINDOW = 2 + 2 * REACH;
/** Judged as block matching judges. */
const { clamp: CLAMP, bias: BIAS } = blockMatchingDefaults;

/**
 * The best fitting of rest and the proposals at each cell; then of its neighbours' 1 and 2 cells away; then half a cell around it. What is
 * slower than a quarter of a cell in the gap is rest here; of those that are alike to half a cell the first one proposed counts.
 */
export function fuseFlows(proposals: readonly Flow[], view: CloseView): Flow {
  const { width, height } = proposals[0].x;
  const x = createPlane(width, height);
  const y = createPlane(width, height);
  const right = new Int16Array(width * height);
  const down = new Int16Array(width * height);
  const cost = closeCost(view);
  const lowest = Float64Array.from(x.values, (_, cell) =>
    cost(cell % width, Math.floor(cell / width), 0, 0, Number.POSITIVE_INFINITY),
  );
  const fineCells = (velocity: number) => Math.round(2 * velocity * view.gapS);
  const offer = (cell: number, column: number, row: number, toX: number, toY: number) => {
    const [dx, dy] = [fineCells(toX), fineCells(toY)];
    if ((dx === 0 && dy === 0) || (dx === right[cell] && dy === down[cell])) return;
    const fit = cost(column, row, dx, dy, lowest[cell]);
    if (fit >= lowest[cell]) return;
    lowest[cell] = fit;
    right[cell] = dx;
    down[cell] = dy;
    x.values[cell] = toX;
    y.values[cell] = toY;
  };
  const everywhere = (visit: (cell: number, column: number, row: number) => void) => {
    for (let row = 0, cell = 0; row < height; row++) {
      for (let column = 0; column < width; column++, cell++) visit(cell, column, row);
    }
  };

  everywhere((cell, column, row) => {
    for (const flow of proposals) offer(cell, column, row, flow.x.values[cell], flow.y.values[cell]);
  });
  for (const step of [1, 2]) {
    const [fromX, fromY] = [x.values.slice(), y.values.slice()];
    const take = (cell: number, column: number, row: number, neighbour: number) =>
      offer(cell, column, row, fromX[neighbour], fromY[neighbour]);
    everywhere((cell, column, row) => {
      if (column + step < width) take(cell, column, row, cell + step);
      if (column >= step) take(cell, column, row, cell - step);
      if (row + step < height) take(cell, column, row, cell + step * width);
      if (row >= step) take(cell, column, row, cell - step * width);
    });
  }
  const half = 0.5 / view.gapS;
  everywhere((cell, column, row) => {
    const [fromX, fromY] = [x.values[cell], y.values[cell]];
    if (fromX === 0 && fromY === 0) return;
    offer(cell, column, row, fromX + half, fromY);
    offer(cell, column, row, fromX - half, fromY);
    offer(cell, column, row, fromX, fromY + half);
    offer(cell, column, row, fromX, fromY - half);
  });
  return { x, y };
}

/**
 * Mean clamped difference over the window at a cell that was displaced by so many fine cells, with what the displacement costs; edges
 * are repeated. Where it comes to `enough` or more, anything from `enough` on.
 */
function closeCost({ current: { width, height, values: now }, previous: { values: then } }: CloseView) {
  const clamped = (at: number, size: number) => (at < 0 ? 0 : at < size ? at : size - 1);
  const within = (from: number, size: number) => from >= 0 && from + WINDOW <= size;
  return (column: number, row: number, dx: number, dy: number, enough: number): number => {
    const penalty = (BIAS / 2) * Math.hypot(dx, dy);
    const most = (enough - penalty) * WINDOW ** 2;
    const left = 2 * column - REACH;
    const top = 2 * row - REACH;
    const inside = within(left, width) && within(top, height) && within(left - dx, width) && within(top - dy, height);
    let sum = 0;
    for (let y = top; y < top + WINDOW && sum < most; y++) {
      const nowRow = (inside ? y : clamped(y, height)) * width;
      const thenRow = (inside ? y - dy : clamped(y - dy, height)) * width;
      for (let x = left; x < left + WINDOW; x++) {
        const difference = Math.abs(
          inside
            ? now[nowRow + x] - then[thenRow + x - dx]
            : now[nowRow + clamped(x, width)] - then[thenRow + clamped(x - dx, width)],
        );
        sum += difference < CLAMP ? difference : CLAMP;
      }
    }
    return sum / WINDOW ** 2 + penalty;
  };
}
