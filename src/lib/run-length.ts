/** Bytes that are mostly zero, run-length coded: a value, or 0 and the length of a run of zeros. */

/** Values below `least` become 0. */
export function packedBytes(values: Uint8Array, least = 1): Uint8Array<ArrayBuffer> {
  const codes: number[] = [];
  let zeros = 0;
  const flush = () => {
    for (; zeros > 0; zeros -= Math.min(255, zeros)) codes.push(0, Math.min(255, zeros));
  };
  for (const value of values) {
    if (value < least) zeros++;
    else {
      flush();
      codes.push(value);
    }
  }
  flush();
  return Uint8Array.from(codes);
}

/** The inverse; `length` values come back, zeros where the codes end early. */
export function unpackedBytes(codes: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const values = new Uint8Array(length);
  let out = 0;
  for (let index = 0; index < codes.length; index++) {
    if (codes[index] > 0) values[out++] = codes[index];
    else out += codes[++index];
  }
  return values;
}

/** The largest value where `mask` is 1, read from the codes as they are; 0 where there is none. */
export function largestWithin(codes: Uint8Array, mask: Uint8Array): number {
  let largest = 0;
  let place = 0;
  for (let index = 0; index < codes.length; index++) {
    if (codes[index] === 0) place += codes[++index];
    else {
      if (codes[index] > largest && mask[place] === 1) largest = codes[index];
      place++;
    }
  }
  return largest;
}
