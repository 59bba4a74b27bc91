/** Sound files of all kinds, damaged and absurd: learnt, asked for, and learnt again, by the package's own calls. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { openLibrary } from '../../src/node/package.ts';
import { faultOf } from '../../src/node/system/node-fault.ts';
import type { Attack, Input, Subject } from './attack.ts';
import { faultsOfFault } from './sentences.ts';
import { hostileSound, wholeSounds } from './sounds/hostile.ts';

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function open(): Promise<Subject> {
  const wholes = wholeSounds();
  return {
    async take(input) {
      const { name, bytes } = hostileSound(input, wholes);
      const path = input.at(name);
      writeFileSync(path, bytes);
      const failures = await learnt(input, path);
      if (hashOf(readFileSync(path)) !== hashOf(bytes)) failures.push('CHANGED: the sound file');
      return failures;
    },
  };
}

async function learnt(input: Input, path: string): Promise<string[]> {
  const failures: string[] = [];
  const library = await openLibrary(input.at('library'));
  const added = await library.addFile(path);
  input.note(
    added.state === 'failed'
      ? added.fault.message
      : `${added.state}${added.state === 'added' && added.endsEarly ? ', ends early' : ''}`,
  );
  if (added.state === 'failed') failures.push(...faultsOfFault(added.fault));
  else if (added.state !== 'added') failures.push(`WRONG: ${added.state} in an empty library`);
  if (input.once(3)) {
    const { recognition } = await library.recognizeFile(path).catch((error) => ({ recognition: faultOf(error) }));
    if ('name' in recognition) failures.push(...faultsOfFault(recognition));
  }
  await library.close();
  if (added.state === 'added') failures.push(...(await isWhole(input, added.track.contentId)));
  return failures;
}

/** Of the one track that was told as added. */
async function isWhole(input: Input, contentId: string): Promise<string[]> {
  const failures: string[] = [];
  const library = await openLibrary(input.at('library'), { readOnly: true });
  const track = await library.known(contentId);
  if (!track) failures.push('LOST: it was told as added');
  else {
    const { id, seconds, learntSeconds, peakCount, title } = track;
    const print = await library.constellation(id);
    if (print?.frames.length !== peakCount || !(peakCount > 0))
      failures.push(`HALF: ${peakCount} peaks, and a print of ${print?.frames.length}`);
    if (!(learntSeconds >= 1 && seconds >= learntSeconds && seconds < 1e8))
      failures.push(`WRONG: ${learntSeconds} s of ${seconds} s`);
    if (title === '' || title.length > 600) failures.push(`WRONG: a title of ${title.length} letters`);
  }
  await library.close();
  return failures;
}

export const attack: Attack = { inputs: 4000, patienceSeconds: 90, open };
