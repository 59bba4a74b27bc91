/** The offscreen document: listens to the sound of a tab until there is an answer, and tells the other parts its state. */
import type { Heard } from '../engine/api.ts';
import { faultOf } from '../errors.ts';
import { trustOwnScripts } from '../ui/trust.ts';
import { createRecognizer } from '../web/recognizer.ts';
import { onMessage, send, type TabState } from './tab-messages.ts';
import { openTabSound } from './tab-sound.ts';

trustOwnScripts();
const recognizer = createRecognizer();
let state: TabState = { is: 'idle' };
let stopping: AbortController | undefined;
/** The engine takes memory, so the document closes this long after it last listened. */
const REST_MS = 5 * 60_000;
let rest: ReturnType<typeof setTimeout> | undefined;

onMessage('offscreen', (message) => {
  if ('streamId' in message) void listen(message.streamId);
  else if (message.ask === 'stop') stopping?.abort();
  return state;
});

function change(next: TabState): void {
  if (state.is === next.is) return;
  state = next;
  send({ to: 'all', state }).catch(() => {}); // rejects if no page of the extension is open
}

async function listen(streamId: string): Promise<void> {
  stopping?.abort();
  clearTimeout(rest);
  stopping = new AbortController();
  const { signal } = stopping;
  change({ is: 'listening' });
  const end = await answerFor(streamId, signal).catch(stateOf);
  if (stopping.signal !== signal) return; // another listening has begun
  change(end);
  rest = setTimeout(() => window.close(), REST_MS);
}

async function answerFor(streamId: string, signal: AbortSignal): Promise<TabState> {
  const sound = await openTabSound(streamId);
  try {
    const { total } = await recognizer.tracks({ limit: 0 });
    return total === 0 ? { is: 'empty' } : await hear(sound.stream, signal);
  } finally {
    sound.stop();
  }
}

async function hear(source: MediaStream, signal: AbortSignal): Promise<TabState> {
  for await (const heard of recognizer.listen({ source, signal })) {
    if (heard.state === 'none') return { is: 'none' };
    if (heard.match) return found(heard.match);
    change({ is: heard.state === 'silent' ? 'silent' : 'listening' });
  }
  return { is: 'idle' };
}

function found({ track, positionSeconds, confidence }: NonNullable<Heard['match']>): TabState {
  return { is: 'found', title: track.title, artist: track.artist, positionSeconds, confidence };
}

function stateOf(error: unknown): TabState {
  console.error(error);
  const fault = faultOf(error).name;
  return fault === 'MicrophoneLost' ? { is: 'gone' } : { is: 'failed', fault };
}
