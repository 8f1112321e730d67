/** Learned scenes, and other plain data with typed arrays, as JSON text: typed arrays travel as base64 of their bytes. */
import type { LearnedScene } from '../detectors/detector';

type TypedArray =
  | Float32Array
  | Float64Array
  | Int8Array
  | Int16Array
  | Int32Array
  | Uint8Array
  | Uint16Array
  | Uint32Array;

const constructors: Record<string, new (buffer: ArrayBuffer) => TypedArray> = {
  Float32Array,
  Float64Array,
  Int8Array,
  Int16Array,
  Int32Array,
  Uint8Array,
  Uint16Array,
  Uint32Array,
};

/** The scene as one line of JSON. Bytes are little-endian, as every browser's are. */
export const sceneToJson = (scene: LearnedScene): string => dataToJson(scene);

/** The inverse. Throws SyntaxError where the text is no JSON. */
export const sceneFromJson = (json: string): LearnedScene => dataFromJson(json) as LearnedScene;

/** Plain data of any shape as one line of JSON; typed arrays in it survive. */
export function dataToJson(data: unknown): string {
  return JSON.stringify(data, (_key, value: unknown) => {
    if (!ArrayBuffer.isView(value)) return value;
    const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    return { typedArray: value.constructor.name, base64: toBase64(bytes) };
  });
}

/** The inverse. Throws SyntaxError where the text is no JSON. */
export function dataFromJson(json: string): unknown {
  return JSON.parse(json, (_key, value: unknown) => {
    const { typedArray, base64 } = (value ?? {}) as { typedArray?: string; base64?: string };
    const make = typedArray && base64 !== undefined ? constructors[typedArray] : undefined;
    return make ? new make(fromBase64(base64!)) : value;
  });
}

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let start = 0; start < bytes.length; start += 0x8000)
    text += String.fromCharCode(...bytes.subarray(start, start + 0x8000));
  return btoa(text);
}

const fromBase64 = (base64: string): ArrayBuffer =>
  Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)).buffer;
