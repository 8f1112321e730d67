/** Of a long list a few items, as far apart from each other. */

/** At most `most` of the items, evenly spread, the first among them; all where they are no more. */
export const evenly = <T>(items: readonly T[], most: number): readonly T[] =>
  items.length <= most
    ? items
    : Array.from({ length: most }, (_, index) => items[Math.floor((index * items.length) / most)]);
