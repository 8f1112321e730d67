/** How often something happens, from a count of few events: a Poisson process seen for a while. */
import type { Interval } from './bootstrap';

/** P(at most `count` events) where `mean` are expected. */
function atMost(count: number, mean: number): number {
  let term = Math.exp(-mean);
  let sum = term;
  for (let events = 1; events <= count; events++) {
    term *= mean / events;
    sum += term;
  }
  return sum;
}

/** Where the falling function passes `value`, in 0…limit, by halving. */
function crossing(falling: (mean: number) => number, value: number, limit: number): number {
  let [low, high] = [0, limit];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (falling(middle) > value) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Events per hour with its exact 95 % interval (Garwood 1936), from `count` events in `hours` > 0. */
export function eventRate(count: number, hours: number): { perHour: number; interval: Interval } {
  const limit = 20 + 4 * count;
  const low = count === 0 ? 0 : crossing((mean) => atMost(count - 1, mean), 0.975, limit);
  const high = crossing((mean) => atMost(count, mean), 0.025, limit);
  return { perHour: count / hours, interval: { low: low / hours, high: high / hours } };
}
