/**
 * A microphone that hears what we play: a PulseAudio server of our own, with a sink that leads nowhere and a source that
 * takes what the sink plays. Programs started with `env` see this microphone and no other.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findPulse } from '../../.setup/browser.mjs';

export interface PulseMicrophone {
  env: Record<string, string>;
  /** Plays a WAV file; the promise resolves when it has started. */
  play(wav: Uint8Array): Promise<void>;
  /** Ends what is being played. */
  hush(): void;
  close(): Promise<void>;
}

const modules = (socket: string) => [
  `module-native-protocol-unix socket=${socket} auth-anonymous=1`,
  'module-null-sink sink_name=speaker rate=48000',
  // Browsers do not offer the monitor of a sink as a microphone.
  'module-remap-source source_name=microphone master=speaker.monitor source_properties=device.description=Microphone',
];

export async function openPulseMicrophone(): Promise<PulseMicrophone> {
  const { pulseaudio, paplay, parec } = findPulse()!;
  const folder = mkdtempSync(join(tmpdir(), 'entendu-pulse-'));
  const socket = join(folder, 'native');
  const load = modules(socket).flatMap((module) => ['-L', module]);
  const server = spawn(
    pulseaudio,
    ['-n', '--daemonize=no', '--use-pid-file=no', '--exit-idle-time=-1', '--disallow-exit', ...load],
    {
      stdio: 'ignore',
      env: { ...process.env, HOME: folder, PULSE_RUNTIME_PATH: folder, PULSE_STATE_PATH: folder },
    },
  );
  for (let waits = 0; !existsSync(socket); waits++) {
    if (waits > 200 || server.exitCode !== null) throw new Error('PulseAudio does not start.');
    await sleep(50);
  }
  const env = { PULSE_SERVER: `unix:${socket}`, PULSE_SOURCE: 'microphone', PULSE_SINK: 'speaker' };
  // While nobody asks for less, the sink renders two seconds ahead: what is played then would be heard up to two seconds late, as by no
  // real microphone. This listener asks for less all the time.
  const listener = spawn(parec, ['--device=microphone', '--latency-msec=20', '--raw', '/dev/null'], {
    stdio: 'ignore',
    env: { ...process.env, ...env },
  });
  let player: ChildProcess | undefined;
  return {
    env,
    async play(wav) {
      player?.kill();
      const file = join(folder, 'sound.wav');
      writeFileSync(file, wav);
      // With the usual buffer the sink plays two seconds ahead, and the microphone hears nothing until they are over.
      player = spawn(paplay, ['--device=speaker', '--latency-msec=30', file], {
        stdio: 'ignore',
        env: { ...process.env, ...env },
      });
      await once(player, 'spawn');
    },
    hush: () => void player?.kill(),
    async close() {
      player?.kill();
      listener.kill();
      if (server.kill()) await once(server, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
