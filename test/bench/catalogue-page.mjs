// Runs in the page of the benchmark `catalogue`.
import { createRecognizer } from './entendu/entendu-web.js';

/** Plays a clip again and again, and gives the milliseconds until it is named. */
window.hear = async ({ sound, address }) => {
  const context = new AudioContext();
  const buffer = context.createBuffer(1, sound.samples.length, sound.sampleRate);
  buffer.copyToChannel(Float32Array.from(sound.samples), 0);
  const player = new AudioBufferSourceNode(context, { buffer, loop: true });
  const stream = context.createMediaStreamDestination();
  player.connect(stream);
  player.start();
  const begun = performance.now();
  const recognizer = createRecognizer({ catalogue: address });
  window.ready = recognizer.ready.then(() => performance.now() - begun);
  for await (const { match } of recognizer.listen({ source: stream.stream })) if (match) break;
  return performance.now() - begun;
};
