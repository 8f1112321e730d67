/** Options of the command line that are numbers. */

/** The value of an option as a whole number of at least 1. Throws with the option's name. */
export function wholeNumber(option: string, given: string): number {
  const value = Number(given);
  if (!Number.isInteger(value) || value < 1)
    throw new Error(`--${option} must be a whole number of at least 1, not ${given}.`);
  return value;
}

/** The value of an option as a number above 0. Throws with the option's name. */
export function positiveNumber(option: string, given: string): number {
  const value = Number(given);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new Error(`--${option} must be a number above 0, not ${given}.`);
}
