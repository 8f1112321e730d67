/** `npm run icons`: the app's icons as PNG, for systems that take no SVG, from the drawings in public/. */
import { mkdirSync } from 'node:fs';
import sharp from 'sharp';

const icons = [
  { drawing: 'icon.svg', name: 'small.png', size: 192 },
  { drawing: 'icon.svg', name: 'large.png', size: 512 },
  { drawing: 'icon-maskable.svg', name: 'maskable.png', size: 512 },
  { drawing: 'icon-maskable.svg', name: 'touch.png', size: 180 },
];

mkdirSync('public/icons', { recursive: true });
for (const { drawing, name, size } of icons) {
  await sharp(`public/${drawing}`, { density: 72 * (size / 42) })
    .resize(size)
    .png({ palette: true, compressionLevel: 9 })
    .toFile(`public/icons/${name}`);
  console.log(`Saved public/icons/${name}`);
}
