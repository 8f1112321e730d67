/** A fully connected layer on plain arrays, for threads without a tensor backend. */

export interface PlainDense {
  /** [inputs, outputs], row by row. */
  kernel: Float32Array;
  /** [outputs] */
  bias: Float32Array;
}

/** y = x·W + b for one row [inputs]; gives [outputs]. */
export function plainDense({ kernel, bias }: PlainDense, input: ArrayLike<number>): Float32Array<ArrayBuffer> {
  const out = Float32Array.from(bias);
  for (let i = 0; i < input.length; i++) {
    const value = input[i];
    if (value === 0) continue;
    for (let o = 0, at = i * out.length; o < out.length; o++) out[o] += value * kernel[at + o];
  }
  return out;
}
