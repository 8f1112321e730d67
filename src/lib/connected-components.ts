/** Connected components of a grid of cells. */
import type { Box } from './box';

/** A component: its box (in cells) and number of cells. */
export interface Component extends Box {
  area: number;
}

/** 8-connected components of the cells where `isSet`, in reading order of their first cell. */
export function connectedComponents(width: number, height: number, isSet: (cell: number) => boolean): Component[] {
  const seen = new Uint8Array(width * height);
  const components: Component[] = [];
  const stack: number[] = [];
  for (let start = 0; start < seen.length; start++) {
    if (seen[start] || !isSet(start)) continue;
    const component = { x0: width, y0: height, x1: 0, y1: 0, area: 0 };
    seen[start] = 1;
    stack.push(start);
    while (stack.length) {
      const cell = stack.pop() as number;
      const x = cell % width;
      const y = (cell - x) / width;
      grow(component, x, y);
      for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
        for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
          const neighbour = ny * width + nx;
          if (seen[neighbour] || !isSet(neighbour)) continue;
          seen[neighbour] = 1;
          stack.push(neighbour);
        }
      }
    }
    components.push(component);
  }
  return components;
}

function grow(component: Component, x: number, y: number): void {
  component.x0 = Math.min(component.x0, x);
  component.y0 = Math.min(component.y0, y);
  component.x1 = Math.max(component.x1, x + 1);
  component.y1 = Math.max(component.y1, y + 1);
  component.area++;
}
