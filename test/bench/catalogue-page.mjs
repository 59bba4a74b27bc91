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

/** Two days later: gives the milliseconds until the catalogue has so many songs of a title. */
window.update = async ({ address, title, count }) => {
  const { now } = Date;
  Date.now = () => now() + 2 * 86_400_000;
  const begun = performance.now();
  const recognizer = createRecognizer({ catalogue: address });
  while ((await recognizer.tracks({ search: title })).total !== count)
    await new Promise((next) => setTimeout(next, 50));
  return performance.now() - begun;
};
