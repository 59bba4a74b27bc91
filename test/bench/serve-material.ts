/** A library of a thousand tracks, and clips that are in it and that are not, as files that callers would send. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { analyse } from '../../src/engine/clips/analyse.ts';
import { packClip } from '../../src/engine/clips/clip-bytes.ts';
import { kernelBytes } from '../../src/kernel/bytes.node.ts';
import { compileKernel } from '../../src/kernel/kernel.ts';
import { unpackPrint } from '../../src/library/prints/print.ts';
import { openSoundStream } from '../../src/node/decode/open-file.ts';
import { openLibrary } from '../../src/node/package.ts';
import type { Pcm } from '../../src/types.ts';
import { joined, stretchOf } from '../support/folder.ts';
import { music } from '../support/music.ts';
import { random } from '../support/random.ts';
import { wav } from '../support/recording.ts';
import { learntLike } from '../support/tracks-like.ts';
import { material } from './library-material.ts';

const TRACK_SECONDS = 240;
const CLIP_SECONDS = 8;
/** Every fourth file stays out of the library: clips of it are unknown. */
const STRANGER = 4;
const FILES = 48;

export interface Clips {
  known: Buffer[];
  unknown: Buffer[];
  /** The same known clips as MP3, which ffmpeg decodes, and as peaks. */
  knownMp3: Buffer[];
  knownPeaks: Buffer[];
}

/** In a folder that is kept, it is made once: that takes minutes. */
export async function keptMaterial(folder: string, tracks: number, musicFolder?: string): Promise<Clips> {
  const kept = join(folder, 'clips');
  if (existsSync(kept)) return deserialize(readFileSync(kept));
  mkdirSync(folder, { recursive: true });
  const clips = await makeMaterial(folder, tracks, musicFolder);
  writeFileSync(kept, serialize(clips));
  return clips;
}

async function makeMaterial(folder: string, tracks: number, musicFolder?: string): Promise<Clips> {
  const files = (
    musicFolder
      ? readdirSync(musicFolder)
          .sort()
          .map((name) => join(musicFolder, name))
      : compose(folder)
  ).slice(0, FILES);
  const isStranger = (i: number) => i % STRANGER === STRANGER - 1;
  const library = await openLibrary(join(folder, 'library'));
  for (const [i, file] of files.entries()) if (!isStranger(i)) await library.addFile(file, { evenIfSimilar: true });
  const real = (await material()).prints.map((print) => unpackPrint(print));
  for (let seed = files.length; seed < tracks; seed++)
    await library.add(learntLike(real, seed, TRACK_SECONDS), { evenIfSimilar: true });
  await library.close();

  const clips: Clips = { known: [], unknown: [], knownMp3: [], knownPeaks: [] };
  const kernel = await compileKernel(kernelBytes());
  const next = random(5);
  for (const [i, file] of files.entries()) {
    const clip = noisy(await cut(file, next), next);
    const bytes = Buffer.from(wav(clip.samples, clip.sampleRate));
    clips[isStranger(i) ? 'unknown' : 'known'].push(bytes);
    if (isStranger(i)) continue;
    clips.knownMp3.push(
      execFileSync('ffmpeg', '-v error -i pipe:0 -b:a 128k -f mp3 pipe:1'.split(' '), { input: bytes }),
    );
    clips.knownPeaks.push(Buffer.from(await packClip(analyse(kernel, clip))));
  }
  return clips;
}

function compose(folder: string): string[] {
  mkdirSync(join(folder, 'music'));
  return Array.from({ length: FILES }, (_, i) => {
    const path = join(folder, `music/${i}.wav`);
    writeFileSync(path, wav(music(40, 22_050, i + 1).samples, 22_050));
    return path;
  });
}

async function cut(file: string, next: () => number): Promise<Pcm> {
  const { sampleRate, blocks } = await openSoundStream(file);
  const parts: Pcm[] = [];
  for await (const samples of blocks) parts.push({ samples, sampleRate });
  const sound = joined(...parts);
  const last = Math.max(0, Math.floor(sound.samples.length / sampleRate) - CLIP_SECONDS);
  return stretchOf(sound, Math.floor(next() * last), CLIP_SECONDS);
}

/** White noise 10 dB below the music. */
function noisy({ samples, sampleRate }: Pcm, next: () => number): Pcm {
  const level = Math.sqrt((3 * samples.reduce((sum, sample) => sum + sample * sample, 0)) / samples.length / 10);
  return { samples: samples.map((sample) => sample + level * (2 * next() - 1)), sampleRate };
}
