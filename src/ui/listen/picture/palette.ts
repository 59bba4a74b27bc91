import type { Palette, Rgb } from './colour-scale.ts';

/** The colours of the look that the page has now. */
export function currentPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string): Rgb => {
    const value = Number.parseInt(style.getPropertyValue(name).trim().slice(1), 16);
    return [value >> 16, (value >> 8) & 255, value & 255];
  };
  return { ground: read('--ground'), accent: read('--fill'), paper: read('--text') };
}
