/** Begins sessions of listening and analyses of recordings, and ends those that are still open. */
import type { Library } from '../../library/library.ts';
import type { Analysis } from '../../match/analysis.ts';
import type { Index } from '../../match/index-view.ts';
import type { SessionStart } from '../../sessions/session-model.ts';
import type { TrackId } from '../../types.ts';
import type { ClipRecognizer } from '../clips/clip-recognizer.ts';
import type { LazyRefusals } from '../lazy-refusals.ts';
import { ListenSession } from '../listening/listen-session.ts';
import type { AnalyseOptions, AnalyseProgress, Analysing, Heard, Listening, ListenOptions } from './hearing-model.ts';
import type { KeptSessions } from './kept-sessions.ts';
import type { SessionRecording } from './session-recording.ts';

/** What sessions need of the engine. */
export interface HearingParts {
  kernel: WebAssembly.Module;
  library: Library;
  index: Index;
  refusals: LazyRefusals;
  recognizer: ClipRecognizer;
  kept: KeptSessions;
}

export class RunningSessions {
  private readonly running = new Set<{ stop(): Promise<void> }>();

  constructor(private readonly parts: HearingParts) {}

  async listen(sampleRate: number, options: ListenOptions, heard: (heard: Heard) => void): Promise<Listening> {
    const { kernel, library, index, refusals, recognizer } = this.parts;
    await refusals.ready;
    const recording = options.record && (await this.recordingOf(options.record));
    const host = {
      ...{ kernel, index, recording },
      trackOf: (id: TrackId) => library.track(id),
      refuse: (clip: Analysis, track: TrackId) => refusals.add(clip, track),
      judge: (analysis: Analysis, heardSeconds: number, kernelMs: number) =>
        recognizer.judge({ analysis, heardSeconds, kernelMs }, options),
      ended: (session: Listening) => this.running.delete(session),
    };
    const session = new ListenSession(host, sampleRate, options, heard);
    this.running.add(session);
    return session;
  }

  async analyse(
    sampleRate: number,
    options: AnalyseOptions,
    progress: (progress: AnalyseProgress) => void,
  ): Promise<Analysing> {
    const { kernel, library, index, refusals } = this.parts;
    await refusals.ready;
    const { RecordingAnalysis } = await import('./recording-analysis.ts');
    const { record, ...asked } = options;
    const recording = await this.recordingOf(record ?? { source: 'file' }, record !== undefined);
    const host = {
      ...{ kernel, index, recording, progress },
      trackOf: (id: TrackId) => library.track(id),
      ended: (analysis: Analysing) => this.running.delete(analysis),
    };
    const analysis = new RecordingAnalysis(host, sampleRate, asked);
    this.running.add(analysis);
    return analysis;
  }

  /** Ends all that are still open. */
  async stop(): Promise<void> {
    await Promise.all([...this.running].map((session) => session.stop()));
  }

  private async recordingOf(record: SessionStart, isKept = true): Promise<SessionRecording> {
    const { SessionRecording } = await import('./session-recording.ts');
    return new SessionRecording(record, isKept ? await this.parts.kept.open() : undefined);
  }
}
