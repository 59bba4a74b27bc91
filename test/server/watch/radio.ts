/** A radio transmitter on loopback, which can die, stall, send junk and change its rate: whatever a test says for each connection. */
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Pcm } from '../../../src/types.ts';

/** What one connection gets, part after part. It then ends. `stall`: nothing more comes, and it stays open. */
export type Part = Pcm | 'stall' | 'junk' | { status: number };

const JUNK_BYTES = 200_000;
const CHUNK_SAMPLES = 16_384;

export class Radio {
  private readonly server: Server;
  private readonly stations = new Map<string, Part[][]>();
  /** How often each station was connected to. */
  readonly connections = new Map<string, number>();

  private constructor() {
    this.server = createServer((request, response) => void this.answer(request.url ?? '', response));
  }

  static async start(): Promise<Radio> {
    const radio = new Radio();
    await new Promise<void>((resolve) => radio.server.listen(0, '127.0.0.1', resolve));
    return radio;
  }

  /** Its address. One connection after the other gets what is said here; those after the last one are refused. */
  station(name: string, ...connections: Part[][]): string {
    this.stations.set(`/${name}`, connections);
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/${name}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(path: string, response: ServerResponse): Promise<void> {
    const count = this.connections.get(path) ?? 0;
    this.connections.set(path, count + 1);
    const parts = this.stations.get(path)?.[count];
    if (!parts) return void response.writeHead(503).end();
    let isBegun = false;
    for (const part of parts) {
      if (part === 'stall') return;
      if (part !== 'junk' && 'status' in part) return void response.writeHead(part.status).end();
      if (part === 'junk') {
        await sent(response, Buffer.alloc(JUNK_BYTES, 'junk '));
        continue;
      }
      if (!isBegun) response.writeHead(200, { 'Content-Type': 'audio/wav' }).write(header(part.sampleRate));
      isBegun = true;
      await play(response, part.samples);
    }
    response.end();
  }
}

export async function play(response: ServerResponse, samples: Float32Array): Promise<void> {
  for (let from = 0; from < samples.length && !response.destroyed; from += CHUNK_SAMPLES)
    await sent(response, bytesOf(samples.subarray(from, from + CHUNK_SAMPLES)));
}

/** As fast as it is taken. */
async function sent(response: ServerResponse, bytes: Buffer): Promise<void> {
  if (response.write(bytes) || response.destroyed) return;
  await new Promise<void>((resolve) => {
    const go = () => {
      response.off('drain', go).off('close', go);
      resolve();
    };
    response.on('drain', go).on('close', go);
  });
}

function bytesOf(samples: Float32Array): Buffer {
  const bytes = Buffer.alloc(2 * samples.length);
  for (const [i, sample] of samples.entries())
    bytes.writeInt16LE(Math.round(32_767 * Math.max(-1, Math.min(1, sample))), 2 * i);
  return bytes;
}

/** A WAV of 16 bits, mono, without an end. */
export function header(sampleRate: number): Buffer {
  const bytes = Buffer.alloc(44);
  bytes.write('RIFF\xff\xff\xff\xffWAVEfmt ', 0, 'latin1');
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(sampleRate, 24);
  bytes.writeUInt32LE(2 * sampleRate, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data\xff\xff\xff\xff', 36, 'latin1');
  return bytes;
}
