/** Analyses a file of any length, much faster than playing it, and reports intermediate results. */
import { believed, leastOf } from '../../../audio/claimed-length.ts';
import { analyseBlocks } from '../../../engine/analyse-blocks.ts';
import type { AnalyseProgress, Analysing, Engine } from '../../../engine/api.ts';
import { faultOf } from '../../../errors.ts';
import { openInWorker, type WorkerSound } from '../sound-in-worker.ts';
import type { RecordingReport } from './recordings.ts';

export type Known = Pick<RecordingReport, 'session' | 'seconds' | 'fraction' | 'leftSeconds' | 'fault'>;

/** Results are reported about once a second: drawing the page more often takes time from the analysis. */
const TOLD_EVERY_MS = 1000;

/** Throws when nothing could be heard; what ends in the middle keeps what was found, with its fault. */
export async function analyseFile(
  engine: Pick<Engine, 'analyse'>,
  file: File,
  options: { threshold?: number; signal: AbortSignal },
  tell: (known: Known) => void,
  open: (file: File) => Promise<WorkerSound> = openInWorker,
): Promise<void> {
  const sound = await open(file);
  let analysing: Analysing | undefined;
  let asked = 0;
  const look = async (progress: AnalyseProgress) => {
    if (!analysing || performance.now() - asked < TOLD_EVERY_MS) return;
    asked = performance.now();
    const session = await analysing.session();
    const { seconds, fraction, leftSeconds } = progress;
    if (!options.signal.aborted && asked) tell({ session, seconds, fraction, leftSeconds });
  };
  try {
    const session = await analyseBlocks(engine, sound.blocks(), {
      ...options,
      record: { source: 'file', name: file.name },
      expectedSeconds: sound.seconds,
      leastSeconds: leastOf(believed(sound.seconds, file.size)),
      progress: (progress) => void look(progress).catch(() => {}), // the call that pushes the sound gets the error
      started(begun) {
        analysing = begun;
      },
    });
    asked = 0;
    tell({ session, seconds: session?.seconds ?? 0, fraction: 1, leftSeconds: 0, fault: session?.fault?.name });
  } catch (error) {
    if (!analysing || options.signal.aborted) throw error;
    // It could not be kept, for example because the disk is full: it is shown, with the reason.
    const session = await analysing.session();
    tell({ session, seconds: session.seconds, fraction: 1, leftSeconds: 0, fault: faultOf(error).name });
  } finally {
    sound.close();
  }
}
