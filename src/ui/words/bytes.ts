/** Sizes of files in words. */

const units = ['B', 'kB', 'MB', 'GB', 'TB'];

/** '0 B', '256 MB', '1.5 GB': of 1024 each, at most one decimal. */
export function bytesInWords(bytes: number): string {
  const unit = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log(bytes) / Math.log(1024)));
  const amount = bytes / 1024 ** unit;
  return `${amount >= 10 || Number.isInteger(amount) ? Math.round(amount) : amount.toFixed(1)} ${units[unit]}`;
}
