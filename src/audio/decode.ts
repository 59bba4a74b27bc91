/**
 * A file in, its sound out, streaming: a few megabytes of memory, however long it is. WAV and AIFF are read here, all
 * else by mediabunny, which is fetched when the first such file comes. In Node mediabunny has the decoders that the
 * package `@mediabunny/server` registers, where that is installed.
 */
import type { AudioSample, InputAudioTrack } from 'mediabunny';
import { UserError } from '../errors.ts';
import type { Pcm } from '../types.ts';
import { Downmix } from './downmix.ts';
import { type FileBytes, HeldFile, isReadFailure, unreadable } from './file-bytes.ts';
import { isAiff, openAiff } from './formats/aiff.ts';
import { isLocked } from './formats/copy-protection.ts';
import { forgetter } from './formats/mediabunny-memory.ts';
import { isWav, openWav } from './formats/wav.ts';
import { checkShape } from './rates.ts';
import type { SoundFile } from './sound-file.ts';
import { tagsOfMetadata } from './tags.ts';

/** Streams of larger files fill the memory (half a gigabyte for a video of 1 GB); reading piece by piece does not. */
const LARGE_BYTES = 64 * 2 ** 20;

/** `otherwise` gives the sound of a file whose codec is missing here. */
export async function openSound(
  file: Blob | HeldFile,
  otherwise?: () => AsyncGenerator<Pcm, void>,
): Promise<SoundFile> {
  if (file.size === 0) await refuseEmpty(file);
  const plain = (await isWav(file)) ? await openWav(file) : (await isAiff(file)) ? await openAiff(file) : undefined;
  return plain ?? openMedia(file, otherwise);
}

/** A file that was taken away has no length either. */
async function refuseEmpty(file: FileBytes): Promise<never> {
  await file.arrayBuffer().catch((error) => {
    throw unreadable(error);
  });
  throw new UserError('FileEmpty', 'The file is empty.');
}

async function openMedia(file: Blob | HeldFile, otherwise?: () => AsyncGenerator<Pcm, void>): Promise<SoundFile> {
  const { ALL_FORMATS, BlobSource, BufferSource, Input, Logging, LogLevel } = await import('mediabunny');
  Logging.level = LogLevel.Silent;
  const options = {
    useStreamReader: file.size < LARGE_BYTES,
    handleUnhandledError() {}, // what went wrong while reading ahead is told again by the read that needs it
  };
  const source = file instanceof HeldFile ? new BufferSource(file.bytes) : new BlobSource(file, options);
  const input = new Input({ source, formats: ALL_FORMATS });
  try {
    if (await isLocked(file))
      throw new UserError('FileEncrypted', 'The file is protected against copying: only its shop can play it.');
    if (!(await input.canRead())) throw new UserError('NotAudio', 'This is not a sound file, or not of a known kind.');
    const track = await input.getPrimaryAudioTrack();
    if (!track) throw new UserError('NoAudioTrack', 'There is no sound in this file, only pictures.');
    const missing = await missingCodec(track);
    if (missing && !otherwise) throw missing;
    return {
      seconds: (await input.getDurationFromMetadata([track])) ?? undefined,
      // Tags are an extra: whatever is wrong with them, the sound may be sound.
      tags: () => input.getMetadataTags().then(tagsOfMetadata, () => ({})),
      blocks: missing && otherwise ? otherwise : () => mediaBlocks(track),
      close: () => input.dispose(),
    };
  } catch (error) {
    input.dispose();
    throw translated(error);
  }
}

/** Why the track cannot be decoded here, if so. */
async function missingCodec(track: InputAudioTrack): Promise<UserError | undefined> {
  const codec = await track.getCodec();
  const channelCount = await track.getNumberOfChannels();
  if (codec !== null) checkShape({ sampleRate: await track.getSampleRate(), channelCount });
  if (codec !== null && (await track.canDecode())) return undefined;
  return new UserError(
    'CodecMissing',
    `The sound in this file (${codec ?? 'of an unknown kind'}) cannot be decoded here.`,
  );
}

async function* mediaBlocks(track: InputAudioTrack): AsyncGenerator<Pcm, void> {
  const { AudioSampleSink, EncodedPacketSink } = await import('mediabunny');
  const forget = forgetter(track);
  let downmix: Downmix | undefined;
  let channelCount = 0;
  let sampleRate = 0;
  try {
    // Without a first packet, the search for the one to start with may have no end (FLAC).
    if (!(await new EncodedPacketSink(track).getFirstPacket({ metadataOnly: true }))) throw new Error('no packets');
    // What lies before zero is the encoder's run-up.
    for await (const sample of new AudioSampleSink(track).samples(Math.max(0, await track.getFirstTimestamp()))) {
      try {
        sampleRate ||= sample.sampleRate;
        channelCount ||= sample.numberOfChannels;
        downmix ??= new Downmix(channelCount);
        // Another rate or another number of channels midway is another piece: the sound ends there.
        if (sample.sampleRate !== sampleRate || sample.numberOfChannels !== channelCount) break;
        for (const samples of downmix.take(sample.numberOfFrames, copierOf(sample))) yield { samples, sampleRate };
        forget();
      } finally {
        sample.close();
      }
    }
  } catch (error) {
    throw translated(error);
  }
  for (const samples of downmix?.finish() ?? []) yield { samples, sampleRate };
}

/**
 * Where mediabunny holds what the browser decoded: nothing that it promises, and without it all is as right. Its own way of
 * copying makes a view and asks for a conversion each time, which for packets so small is a tenth of the decoding.
 */
interface Holding {
  _data?: unknown;
}

function copierOf(sample: AudioSample): (planeIndex: number, into: Float32Array, frameOffset: number) => void {
  const { _data: held } = sample as unknown as Holding;
  const own = typeof AudioData === 'function' && held instanceof AudioData ? held : undefined;
  if (own?.format === 'f32-planar')
    return (planeIndex, into, frameOffset) => own.copyTo(into, { planeIndex, frameOffset, frameCount: into.length });
  return (planeIndex, into, frameOffset) =>
    sample.copyTo(into, { planeIndex, format: 'f32-planar', frameOffset, frameCount: into.length });
}

function translated(error: unknown): unknown {
  if (error instanceof UserError) return error;
  if (isReadFailure(error)) return unreadable(error);
  return new UserError('FileDamaged', 'The file is damaged: its sound cannot be decoded.', { cause: error });
}
