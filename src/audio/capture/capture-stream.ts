/** Turns a MediaStream into blocks of mono samples, for microphone and tab. */
import { UserError } from '../../errors.ts';
import { resumeContext } from '../resume-context.ts';
import { isWebKitGtk } from '../webkit-gtk.ts';
import type { RecorderOptions } from './recorder.worklet.ts';
import recorderUrl from './recorder.worklet.ts?worker&url';

/** Sound that is being captured. */
export interface Capture {
  /** Hertz. */
  sampleRate: number;
  /** The device's name; empty when the browser does not tell it. */
  label: string;
  /** Blocks of samples (Float32Array) go out through this port, straight from the audio thread. */
  connect(port: MessagePort): void;
  /** Level of the last few hundredths of a second, dBFS; -120 when all samples are zero. */
  levelDb(): number;
  stop(): void;
}

/** `ended` is called at most once. */
export interface CaptureEvents {
  ended(fault: UserError): void;
  /** The system has interrupted the sound (a call, the screen off), or resumed it. */
  interrupted(isInterrupted: boolean): void;
}

/** Switches off the browser's voice processing, which would remove the music. */
export const asItIs = {
  echoCancellation: false,
  noiseSuppression: false,
  autoGainControl: false,
} satisfies MediaTrackConstraints;

/**
 * Creates and resumes the context within the tap: one created later, after permission was given, may stay suspended.
 */
export function openContext(): Prepared {
  const context = new AudioContext({ latencyHint: 'interactive' });
  resumeContext(context);
  // Loaded while the person is asked for permission.
  const recorder = context.audioWorklet.addModule(recorderUrl);
  recorder.catch(() => {}); // the caller that waits for it gets the error
  return { context, recorder };
}

interface Prepared {
  context: AudioContext;
  recorder: Promise<void>;
}

export async function capture(
  stream: MediaStream,
  { context, recorder: isReady }: Prepared,
  events: CaptureEvents,
): Promise<Capture> {
  await isReady;
  const [track] = stream.getAudioTracks();
  const source = context.createMediaStreamSource(stream);
  const meter = new AnalyserNode(context, { fftSize: 2048 });
  // WebKitGTK (2.50) reads the channels of a microphone separately: when sound comes late, one may fall behind the other by some
  // multiple of 128 samples and stay there. Their mean would be an echo that hides the music: only the first is taken there.
  const isLateApart = isWebKitGtk();
  // One channel, mixed down by the browser: the audio thread then only copies.
  const recorder = new AudioWorkletNode(context, 'recorder', {
    numberOfOutputs: 0,
    channelCount: 1,
    channelCountMode: 'explicit',
    channelInterpretation: isLateApart ? 'discrete' : 'speakers',
    processorOptions: { skipsGaps: isLateApart } satisfies RecorderOptions,
  });
  source.connect(meter);
  source.connect(recorder);

  const recent = new Float32Array(meter.fftSize);
  const lose = () => events.ended(new UserError('MicrophoneLost', 'The sound source went away.'));
  const follow = () => events.interrupted(context.state !== 'running');
  // After an interruption in the background, the system does not always resume the sound by itself.
  const wake = () => {
    if (!document.hidden) resumeContext(context);
  };
  track.addEventListener('ended', lose);
  context.addEventListener('statechange', follow);
  document.addEventListener('visibilitychange', wake);
  wake(); // without a tap, as from a shortcut, sound may only run once the microphone is open

  return {
    sampleRate: context.sampleRate,
    label: track.label,
    connect: (port) => recorder.port.postMessage(port, [port]),
    levelDb() {
      meter.getFloatTimeDomainData(recent);
      const power = recent.reduce((sum, sample) => sum + sample * sample, 0) / recent.length;
      return power > 0 ? Math.max(10 * Math.log10(power), -120) : -120;
    },
    stop() {
      track.removeEventListener('ended', lose);
      context.removeEventListener('statechange', follow);
      document.removeEventListener('visibilitychange', wake);
      recorder.port.postMessage('stop');
      for (const each of stream.getTracks()) each.stop();
      void context.close();
    },
  };
}
