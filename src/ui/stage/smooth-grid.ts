/** A small grid of evidence made larger and smooth, so that a heatmap shows places and not cells. */

/** Mitchell–Netravali's cubic, B = C = 1/3: smooth, almost no ringing. `x` in cells; zero beyond 2. */
function mitchell(x: number): number {
  const d = Math.abs(x);
  if (d >= 2) return 0;
  if (d >= 1) return (-7 / 18) * d ** 3 + 2 * d ** 2 - (10 / 3) * d + 16 / 9;
  return (7 / 6) * d ** 3 - 2 * d ** 2 + 8 / 9;
}

/** For each output cell along one side: four weights over the input cells around it. */
function tapsAlong(length: number, factor: number) {
  const first = new Int32Array(length * factor);
  const weights = new Float32Array(length * factor * 4);
  for (let out = 0; out < length * factor; out++) {
    const centre = (out + 0.5) / factor - 0.5;
    first[out] = Math.floor(centre) - 1;
    for (let tap = 0; tap < 4; tap++) weights[out * 4 + tap] = mitchell(centre - (first[out] + tap));
  }
  return { first, weights };
}

/** One pass: rows are made `factor` times as long, and come out as columns (two passes restore the order). */
function enlargeRows(values: ArrayLike<number>, width: number, height: number, factor: number): Float32Array {
  const { first, weights } = tapsAlong(width, factor);
  const enlarged = new Float32Array(width * factor * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width * factor; x++) {
      let sum = 0;
      for (let tap = 0; tap < 4; tap++) {
        const from = Math.min(width - 1, Math.max(0, first[x] + tap));
        sum += weights[x * 4 + tap] * values[y * width + from];
      }
      enlarged[x * height + y] = sum;
    }
  }
  return enlarged;
}

/** The grid (width × height values 0…255, row by row) with each side `factor` times as long, 0…255, edges held. */
export function smoothGrid(values: ArrayLike<number>, width: number, height: number, factor: number) {
  const columns = enlargeRows(values, width, height, factor); // [width × factor, height]
  const rows = enlargeRows(columns, height, width * factor, factor); // [height × factor, width × factor]
  return Uint8ClampedArray.from(rows);
}
