import { describe, expect, it } from 'vitest';
import { openFiles } from './open-files';

async function opened(...names: [name: string, type?: string][]) {
  const calls: string[] = [];
  await openFiles(
    names.map(([name, type = '']) => new File(['x'], name, { type })),
    {
      openVideo: async (file) => void calls.push(`video ${file.name}`),
      openImages: async (files) => void calls.push(`images ${files.map(({ name }) => name).join(' ')}`),
    },
  );
  return calls;
}

describe('openFiles', () => {
  it('opens a video, also among other files', async () => {
    expect(await opened(['notes.txt', 'text/plain'], ['door.mkv'])).toEqual(['video door.mkv']);
  });

  it('opens images as one sequence and leaves other files out', async () => {
    expect(await opened(['Thumbs.db'], ['001.png', 'image/png'], ['002.tif'])).toEqual(['images 001.png 002.tif']);
  });

  it('hands an unknown file on, so that the user hears what is wrong with it', async () => {
    expect(await opened(['letter.doc'])).toEqual(['video letter.doc']);
  });

  it('does nothing without files', async () => {
    expect(await opened()).toEqual([]);
  });
});
