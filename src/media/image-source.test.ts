import { expect, it } from 'vitest';
import { numberedImages, openImageSource } from './image-source';

const named = (...names: string[]) => names.map((name) => new File(['x'], name));

it('numberedImages sorts as people count and leaves other files out', () => {
  const files = named('10.png', 'labels.csv', '2.png', '._2.png', '1.jpg');
  expect(numberedImages(files).map((file) => file.name)).toEqual(['1.jpg', '2.png', '10.png']);
});

it('openImageSource refuses a list without images', async () => {
  await expect(openImageSource(named('a.txt', 'b.csv'))).rejects.toMatchObject({
    code: 'no-images',
    message: expect.stringContaining('2 files'),
  });
});

it('openImageSource refuses a rate of nothing', async () => {
  await expect(openImageSource(named('1.png'), { fps: 0 })).rejects.toThrow('fps is 0');
});
