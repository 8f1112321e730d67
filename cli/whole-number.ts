/** The value of an option as a whole number of at least 1. Throws with the option's name. */
export function wholeNumber(option: string, given: string): number {
  const value = Number(given);
  if (!Number.isInteger(value) || value < 1)
    throw new Error(`--${option} must be a whole number of at least 1, not ${given}.`);
  return value;
}
