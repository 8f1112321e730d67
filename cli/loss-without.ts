/** The weights of a loss with one term switched off. Throws with the terms there are. */
export function lossWithout<Weights extends Record<string, number>>(
  weights: Weights,
  term: string | undefined,
): Weights {
  if (term === undefined) return weights;
  if (!(term in weights))
    throw new Error(`The loss has no term '${term}'; its terms are ${Object.keys(weights).join(', ')}.`);
  return { ...weights, [term]: 0 };
}
