import { describe, expect, it } from 'vitest';
import { containerExtent } from './container-extent';

const ascii = (text: string) => new TextEncoder().encode(text);

/** An MP4 box: 32-bit size, name, so many bytes of contents. */
function box(name: string, contentBytes: number, size = contentBytes + 8): Blob {
  const header = new DataView(new ArrayBuffer(8));
  header.setUint32(0, size);
  ascii(name).forEach((code, i) => {
    header.setUint8(4 + i, code);
  });
  return new Blob([header, new Uint8Array(contentBytes)]);
}

function largeBox(name: string, contentBytes: number): Blob {
  const size = new DataView(new ArrayBuffer(8));
  size.setBigUint64(0, BigInt(contentBytes + 16));
  return new Blob([box(name, 0, 1), size, new Uint8Array(contentBytes)]);
}

const ebmlHeader = [0x1a, 0x45, 0xdf, 0xa3, 0x84, 0x42, 0x86, 0x81, 0x01];
const segment = [0x18, 0x53, 0x80, 0x67];

describe('containerExtent', () => {
  it('adds up the boxes of an MP4', async () => {
    const file = new Blob([box('ftyp', 16), box('moov', 100), box('mdat', 500)]);
    expect(await containerExtent(file)).toEqual({ claimedBytes: file.size, hasIndex: true });
  });

  it('sees that the media data was cut off', async () => {
    const file = new Blob([box('ftyp', 16), box('moov', 100), box('mdat', 500)]);
    expect(await containerExtent(file.slice(0, 300))).toEqual({ claimedBytes: file.size, hasIndex: true });
  });

  it('sees that the index is missing or cut', async () => {
    const file = new Blob([box('ftyp', 16), largeBox('mdat', 500), box('moov', 100)]);
    expect(await containerExtent(file)).toEqual({ claimedBytes: file.size, hasIndex: true });
    expect((await containerExtent(file.slice(0, 200))).hasIndex).toBe(false);
    expect((await containerExtent(file.slice(0, file.size - 1))).hasIndex).toBe(false);
  });

  it('takes a box of size 0 to reach the end, and leaves a nonsense size alone', async () => {
    const open = new Blob([box('moov', 10), box('mdat', 50, 0)]);
    expect(await containerExtent(open)).toEqual({ claimedBytes: open.size, hasIndex: true });
    expect(await containerExtent(new Blob([box('moov', 10), box('mdat', 50, 3)]))).toEqual({
      claimedBytes: null,
      hasIndex: true,
    });
  });

  it('reads the size of a Matroska segment', async () => {
    const file = new Blob([new Uint8Array([...ebmlHeader, ...segment, 0x41, 0x00]), new Uint8Array(256)]);
    expect(await containerExtent(file)).toEqual({ claimedBytes: file.size, hasIndex: true });
    expect((await containerExtent(file.slice(0, 100))).claimedBytes).toBe(file.size);
  });

  it('knows that a streamed Matroska segment does not say its size', async () => {
    const unknown = [0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
    const file = new Blob([new Uint8Array([...ebmlHeader, ...segment, ...unknown]), new Uint8Array(64)]);
    expect((await containerExtent(file)).claimedBytes).toBeNull();
  });

  it('says nothing of other bytes', async () => {
    for (const bytes of ['', 'abc', 'just some text in a file that calls itself a video']) {
      expect(await containerExtent(new Blob([bytes]))).toEqual({ claimedBytes: null, hasIndex: true });
    }
  });
});
