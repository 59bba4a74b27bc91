/**
 * All formats but WAV and AIFF, by the library mediabunny, which is loaded with the first such file. It demuxes; WebCodecs
 * decodes, in Node the decoders of `@mediabunny/server`.
 */
import type { AudioSample, Input, InputAudioTrack } from 'mediabunny';
import { UserError } from '../../errors.ts';
import type { Pcm } from '../../types.ts';
import { Downmix } from '../downmix.ts';
import { HeldFile, isReadFailure, unreadable } from '../file-bytes.ts';
import { checkShape } from '../rates.ts';
import type { SoundFile } from '../sound-file.ts';
import { tagsOfMetadata } from '../tags.ts';
import { isWebKitGtk } from '../webkit-gtk.ts';
import { isLocked } from './copy-protection.ts';
import { copierOf, forgetter, withoutEndlessReads } from './mediabunny-internals.ts';

/** Larger files are read in slices: as a stream, a video of 1 GB takes half a gigabyte of memory. */
const LARGE_BYTES = 64 * 2 ** 20;

export interface CompressedFile extends SoundFile {
  /** Set if there is no decoder for its sound; length and tags can still be read. */
  missing?: UserError;
}

export async function openCompressed(file: Blob | HeldFile): Promise<CompressedFile> {
  const input = await inputOf(file);
  try {
    if (await isLocked(file))
      throw new UserError('FileEncrypted', 'The file is protected against copying: only its shop can play it.');
    if (!(await input.canRead())) throw new UserError('NotAudio', 'This is not a sound file, or not of a known kind.');
    const track = await input.getPrimaryAudioTrack();
    if (!track) throw await withoutSound(input);
    return {
      seconds: (await input.getDurationFromMetadata([track])) ?? undefined,
      // Unreadable tags are no reason to refuse the sound.
      tags: () => input.getMetadataTags().then(tagsOfMetadata, () => ({})),
      missing: await missingCodec(track),
      blocks: () => blocksOf(track),
      close: () => input.dispose(),
    };
  } catch (error) {
    input.dispose();
    throw translated(error);
  }
}

/** A film without sound, or a file whose table of contents is lost, as when a recording was cut off. */
async function withoutSound(input: Input): Promise<UserError> {
  const hasPictures = (await input.getVideoTracks()).length > 0;
  return hasPictures
    ? new UserError('NoAudioTrack', 'There is no sound in this file, only pictures.')
    : new UserError(
        'FileDamaged',
        'Where its sound is cannot be read from this file: it is damaged or ends too early.',
      );
}

async function inputOf(file: Blob | HeldFile): Promise<Input> {
  const { ALL_FORMATS, BlobSource, BufferSource, Input, Logging, LogLevel } = await import('mediabunny');
  Logging.level = LogLevel.Silent;
  const options = {
    useStreamReader: file.size < LARGE_BYTES,
    handleUnhandledError() {}, // an error while reading ahead is thrown again by the read that needs the bytes
  };
  const source = file instanceof HeldFile ? new BufferSource(file.bytes) : new BlobSource(file, options);
  return new Input({ source: withoutEndlessReads(source), formats: ALL_FORMATS });
}

/** Why the track cannot be decoded here, if so. */
async function missingCodec(track: InputAudioTrack): Promise<UserError | undefined> {
  const codec = await track.getCodec();
  const channelCount = await track.getNumberOfChannels();
  if (codec !== null) checkShape({ sampleRate: await track.getSampleRate(), channelCount });
  // WebKitGTK (2.50) has an `AudioDecoder` that cannot be used: copying the sound out of it crashes the page (AAC, Opus), and with
  // Vorbis it never answers.
  if (codec !== null && !isWebKitGtk() && (await track.canDecode())) return undefined;
  return new UserError(
    'CodecMissing',
    `The sound in this file (${codec ?? 'of an unknown kind'}) cannot be decoded here.`,
  );
}

async function* blocksOf(track: InputAudioTrack): AsyncGenerator<Pcm, void> {
  const forget = forgetter(track);
  let shape: Pick<AudioSample, 'sampleRate' | 'numberOfChannels'> | undefined;
  let downmix: Downmix | undefined;
  try {
    for await (const sample of await samplesOf(track)) {
      try {
        const { sampleRate, numberOfChannels } = sample;
        shape ??= { sampleRate, numberOfChannels };
        downmix ??= new Downmix(numberOfChannels);
        // Where the rate or the number of channels changes, another recording begins: stop there.
        if (sampleRate !== shape.sampleRate || numberOfChannels !== shape.numberOfChannels) break;
        for (const samples of downmix.take(sample.numberOfFrames, copierOf(sample))) yield { samples, sampleRate };
        forget();
      } finally {
        sample.close();
      }
    }
  } catch (error) {
    throw translated(error);
  }
  if (shape) for (const samples of downmix?.finish() ?? []) yield { samples, sampleRate: shape.sampleRate };
}

async function samplesOf(track: InputAudioTrack): Promise<AsyncGenerator<AudioSample, void>> {
  const { AudioSampleSink, EncodedPacketSink } = await import('mediabunny');
  // Without a first packet, the search for the one to start with may not end (FLAC).
  if (!(await new EncodedPacketSink(track).getFirstPacket({ metadataOnly: true }))) throw new Error('no packets');
  // What lies before zero is the encoder's padding.
  return new AudioSampleSink(track).samples(Math.max(0, await track.getFirstTimestamp()));
}

function translated(error: unknown): unknown {
  if (error instanceof UserError) return error;
  if (isReadFailure(error)) return unreadable(error);
  return new UserError('FileDamaged', 'The file is damaged: its sound cannot be decoded.', { cause: error });
}
