import { describe, expect, it } from 'vitest';
import { heatAlpha, heatColour, heatPalette, oklchToRgb } from './heat-colours';

/** Relative luminance of an sRGB colour 0…255 (WCAG). */
function luminance([r, g, b]: number[]): number {
  const linear = (value: number) => (value <= 10.31 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}

describe('oklchToRgb', () => {
  it('gives white, black and a known red', () => {
    expect(oklchToRgb(1, 0, 0)).toEqual([255, 255, 255]);
    expect(oklchToRgb(0, 0, 0)).toEqual([0, 0, 0]);
    const [r, g, b] = oklchToRgb(0.62796, 0.25768, 29.234);
    expect(r).toBe(255);
    expect(Math.max(g, b)).toBeLessThan(4);
  });
});

describe('the heat palette', () => {
  it('grows lighter with every step of evidence', () => {
    for (let step = 1; step <= 64; step++) {
      expect(luminance(heatColour(step / 64))).toBeGreaterThan(luminance(heatColour((step - 1) / 64)));
    }
  });

  it('is clear where ordinary, opaque at the alert threshold, and never less opaque for more evidence', () => {
    expect(heatPalette[3]).toBe(0);
    expect(heatAlpha(20)).toBe(0);
    expect(heatPalette[128 * 4 + 3]).toBe(255);
    for (let evidence = 1; evidence < 256; evidence++) {
      expect(heatPalette[evidence * 4 + 3]).toBeGreaterThanOrEqual(heatPalette[evidence * 4 - 1]);
    }
  });
});
