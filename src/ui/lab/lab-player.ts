/** Plays the clip again and again; a changed clip goes on where the one before was. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { resumeContext } from '../../audio/resume-context.ts';
import type { Pcm } from '../../types.ts';

export interface LabPlayer {
  isPlaying: boolean;
  /** To be called within a click. */
  toggle(): void;
  /** Share of the clip that was heard, 0..1. */
  position(): number;
}

/** Seconds of fading between two clips, so that a change does not click. */
const FADE = 0.03;

export function useLabPlayer(clip: Pcm | undefined): LabPlayer {
  const context = useRef<AudioContext>(undefined);
  const running = useRef<{ gain: GainNode; begun: number; seconds: number }>(undefined);
  const [isPlaying, setPlaying] = useState(false);

  const fadeOut = () => {
    const { current } = running;
    if (!current || !context.current) return;
    current.gain.gain.setTargetAtTime(0, context.current.currentTime, FADE / 3);
    const { gain } = current;
    setTimeout(() => gain.disconnect(), 1000 * FADE * 3);
    running.current = undefined;
  };
  const position = () => {
    const { current } = running;
    if (!current || !context.current) return 0;
    return ((context.current.currentTime - current.begun) % current.seconds) / current.seconds;
  };
  const begin = ({ samples, sampleRate }: Pcm, share: number) => {
    context.current ??= new AudioContext();
    resumeContext(context.current);
    const buffer = context.current.createBuffer(1, samples.length, sampleRate);
    buffer.copyToChannel(Float32Array.from(samples), 0);
    const gain = new GainNode(context.current);
    const source = new AudioBufferSourceNode(context.current, { buffer, loop: true });
    source.connect(gain).connect(context.current.destination);
    source.start(0, share * buffer.duration);
    const begun = context.current.currentTime - share * buffer.duration;
    running.current = { gain, begun, seconds: buffer.duration };
  };

  useEffect(() => {
    if (!isPlaying) return;
    const share = position();
    fadeOut();
    if (clip) begin(clip, share);
    else setPlaying(false);
  }, [clip]);
  useEffect(() => () => void context.current?.close(), []);

  return {
    isPlaying,
    position,
    toggle() {
      if (isPlaying) fadeOut();
      else if (clip) begin(clip, 0);
      setPlaying(!isPlaying && clip !== undefined);
    },
  };
}
