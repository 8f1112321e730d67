/** IEEE 754 half precision (float16) to and from float32; JavaScript has no such array everywhere yet. */

const single = new Float32Array(1);
const bits = new Uint32Array(single.buffer);

/** Rounded to the nearest half (ties to even); beyond ±65,504 infinite, below 2⁻²⁵ zero. */
export const toHalf = (values: Float32Array): Uint16Array<ArrayBuffer> => Uint16Array.from(values, halfBits);

export const fromHalf = (halves: Uint16Array): Float32Array<ArrayBuffer> => Float32Array.from(halves, halfValue);

function halfBits(value: number): number {
  single[0] = value;
  const sign = (bits[0] >>> 16) & 0x8000;
  const magnitude = Math.abs(single[0]);
  if (Number.isNaN(value)) return 0x7e00;
  if (magnitude >= 65_520) return sign | 0x7c00;
  if (magnitude < 2 ** -14) return sign | toEven(magnitude * 2 ** 24);
  const exponent = ((bits[0] >>> 23) & 0xff) - 127;
  // A mantissa that rounds up to 1024 carries into the exponent, as it should.
  return sign | (((exponent + 15) << 10) + toEven((magnitude / 2 ** exponent - 1) * 1024));
}

function halfValue(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const mantissa = half & 0x3ff;
  if (exponent === 0) return sign * mantissa * 2 ** -24;
  if (exponent === 31) return mantissa ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + mantissa / 1024) * 2 ** (exponent - 15);
}

function toEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}
