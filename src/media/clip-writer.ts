/** Compressed pictures into MP4: fragment by fragment while a clip is made, with its duration in front once it is whole. */
import {
  ALL_FORMATS,
  BlobSource,
  BufferTarget,
  EncodedPacket,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  Input,
  Mp4OutputFormat,
  Output,
  StreamTarget,
} from 'mediabunny';
import type { EncodedPicture, PictureFormat } from './picture-encoder';

export interface ClipWriter {
  /** Pictures come in order of time; the first one must be a key picture. Their times become times since the first one. */
  add(picture: EncodedPicture): Promise<void>;
  /** Write what is left. */
  finish(): Promise<void>;
}

/** How long the last picture is shown, in seconds. */
const LAST_S = 0.1;

/**
 * A clip that can be played up to its last whole fragment (about two seconds) wherever it breaks off. `write` gets bytes and
 * their position, in order; what it throws, `add` and `finish` reject with.
 */
export async function startClip(
  { codec, decoder }: PictureFormat,
  write: (bytes: Uint8Array<ArrayBuffer>, position: number) => void,
): Promise<ClipWriter> {
  const sink = new WritableStream<{ data: Uint8Array<ArrayBuffer>; position: number }>({
    write: ({ data, position }) => write(data, position),
  });
  const output = new Output({
    format: new Mp4OutputFormat({ fastStart: 'fragmented', minimumFragmentDuration: 1 }),
    target: new StreamTarget(sink),
  });
  const source = new EncodedVideoPacketSource(codec);
  output.addVideoTrack(source);
  await output.start();
  let firstS: number | null = null;
  return {
    async add({ data, key, timeS }) {
      const metadata = firstS === null ? { decoderConfig: decoder } : undefined;
      firstS ??= timeS;
      await source.add(new EncodedPacket(data, key ? 'key' : 'delta', timeS - firstS, LAST_S), metadata);
    },
    finish: () => output.finalize(),
  };
}

/**
 * The clip as an ordinary MP4 with its duration and index in front, which every player seeks in. What breaks off in the
 * middle ends at its last whole picture; null where not one can be read.
 */
export async function closedClip(part: Blob): Promise<{ clip: Blob; durationS: number } | null> {
  const input = new Input({ source: new BlobSource(part), formats: ALL_FORMATS });
  try {
    const track = await input.getPrimaryVideoTrack();
    const codec = await track?.getCodec();
    const decoderConfig = await track?.getDecoderConfig();
    if (!track || !codec || !decoderConfig) return null;
    const output = new Output({ format: new Mp4OutputFormat({ fastStart: 'in-memory' }), target: new BufferTarget() });
    const source = new EncodedVideoPacketSource(codec);
    output.addVideoTrack(source);
    await output.start();
    const durationS = await copyPackets(new EncodedPacketSink(track), (packet) =>
      source.add(packet, { decoderConfig }),
    );
    if (durationS === 0) return null;
    await output.finalize();
    return { clip: new Blob([output.target.buffer!], { type: 'video/mp4' }), durationS };
  } catch {
    return null; // not one readable fragment
  } finally {
    input.dispose();
  }
}

/** Hands on packets up to the first unreadable one; returns where they end, in seconds. */
async function copyPackets(sink: EncodedPacketSink, take: (packet: EncodedPacket) => Promise<void>): Promise<number> {
  let endS = 0;
  try {
    for await (const packet of sink.packets()) {
      await take(packet);
      endS = packet.timestamp + packet.duration;
    }
  } catch {
    // Cut off in the middle of a fragment: what came before is whole.
  }
  return endS;
}
