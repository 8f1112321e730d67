/** A name for a file's contents that stays the same across visits, without reading all of it. */

/** Bytes read at either end of the file. */
const END_BYTES = 64 * 1024;

/** First 16 bytes, in hex, of the SHA-256 over size, name and the first and last 64 KiB of each file, in order. */
export async function fingerprint(files: readonly File[]): Promise<string> {
  const parts = files.flatMap((file) => [
    `${file.size} ${file.name}\n`,
    file.slice(0, END_BYTES),
    file.slice(Math.max(END_BYTES, file.size - END_BYTES)),
  ]);
  const digest = await crypto.subtle.digest('SHA-256', await new Blob(parts).arrayBuffer());
  return Array.from(new Uint8Array(digest, 0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
