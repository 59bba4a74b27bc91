/**
 * Recognises clips made elsewhere: a folder with truth.tsv (file, condition, length, truth, offset, second, with a header row), where
 * truth is the name of a track's file without extension, or "none". Answers are written to answers.tsv in the same folder.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openEngine } from '../engine/engine.ts';
import { openMemory } from '../library/shelf/memory.ts';
import { aboutLibrary } from './about-library.ts';
import { type AccuracyOptions, learntOf, readOr } from './material.ts';
import type { Outcome } from './outcome.ts';
import { type Report, summed } from './report.ts';

export async function answerQueries(
  folder: string,
  options: Pick<AccuracyOptions, 'kernel' | 'read' | 'files' | 'version' | 'threshold' | 'progress' | 'note'> & {
    write(path: string, text: string): Promise<void>;
  },
): Promise<{ report: Report; outcomes: Outcome[] }> {
  const { kernel, read, write, files, version, threshold, progress = () => {} } = options;
  const engine = await openEngine({ shelf: openMemory(), kernel });
  for (const [i, file] of files.entries()) {
    progress(`${i} of ${files.length}  ${file}`);
    const pcm = await readOr(file, options);
    if (pcm) await engine.add(learntOf(kernel, file, pcm), { evenIfSimilar: true });
  }
  const truths = await truthsIn(folder);
  const answers = ['file\tanswer\tconfidence\toffset'];
  const outcomes: Outcome[] = [];
  for (const [i, { file, condition, length, truth, offset, second }] of truths.entries()) {
    progress(`${i} of ${truths.length}  ${file}`);
    const { matches, step, timings } = await engine.recognize(await read(join(folder, file)), { threshold });
    const [best] = matches;
    const sounding = [truth, second].filter((name) => name && name !== 'none');
    const named = matches.map(({ track }) => track.title);
    const isRight = best !== undefined && sounding.includes(best.track.title);
    const place = best ? best.offsetSeconds.toFixed(3) : '';
    answers.push([file, best?.track.title ?? 'none', best?.confidence.toFixed(4) ?? 0, place].join('\t'));
    outcomes.push({
      condition,
      seconds: Number(length),
      isMusicKnown: sounding.length > 0,
      tracks: sounding,
      fromSeconds: offset ? Number(offset) : undefined,
      answer: best?.track.title,
      offsetSeconds: best?.offsetSeconds,
      isRight,
      isComplete: sounding.every((name) => named.includes(name)) && named.every((name) => sounding.includes(name)),
      confidence: best?.confidence ?? 0,
      offsetError:
        isRight && offset && best.track.title === truth ? Math.abs(best.offsetSeconds - Number(offset)) : undefined,
      step,
      milliseconds: timings.totalMs,
    });
  }
  progress('');
  await write(join(folder, 'answers.tsv'), `${answers.join('\n')}\n`);
  const report = { ...(await aboutLibrary(engine, version)), ...summed(outcomes) };
  await engine.close();
  return { report, outcomes };
}

/** The clips of a folder. */
export const truthsIn = async (folder: string) => rowsOf(await readFile(join(folder, 'truth.tsv'), 'utf8'));

function rowsOf(text: string): Record<string, string>[] {
  const [header, ...lines] = text.trimEnd().split(/\r?\n/);
  const names = header.split('\t');
  return lines.map((line) => {
    const cells = line.split('\t');
    return Object.fromEntries(names.map((name, i) => [name, cells[i] ?? '']));
  });
}
