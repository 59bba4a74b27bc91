/**
 * `npm run bench -- serve [--music FOLDER] [--tracks 1000] [--seconds 10] [--callers 1,2,4,8,16,32] [--soak MINUTES]
 * [--kept FOLDER]`: the service under load. Known and unknown
 * clips, more and more callers at once until it refuses some; then, with --soak, at 80 % of what it can do, whether it leaks.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type RunningService, startServe } from '../server/running-service.ts';
import beginRun from '../support/built-once.ts';
import { builtForNode } from '../support/built-programs.ts';
import { loadWith } from './serve-load.ts';
import { type Clips, keptMaterial } from './serve-material.ts';
import { type Measured, measured, type Row, rounded } from './table.ts';

/** Callers at once that show how it refuses. */
const TOO_MANY = 96;
const SOAK_SHARE = 0.8;
/** At the beginning and at the end of the long load. */
const COMPARED_MINUTES = 10;
const SAMPLE_MS = 10_000;

export async function run(args: string[]): Promise<Measured> {
  const { values } = parseArgs({
    args,
    options: {
      music: { type: 'string' },
      tracks: { type: 'string', default: '1000' },
      seconds: { type: 'string', default: '10' },
      callers: { type: 'string', default: '1,2,4,8,16,32' },
      soak: { type: 'string', default: '0' },
      kept: { type: 'string' },
    },
  });
  const folder = mkdtempSync(join(tmpdir(), 'entendu-bench-'));
  const endRun = beginRun();
  const programs = await builtForNode();
  let service: RunningService | undefined;
  try {
    const music = values.music && resolve(values.music);
    const made = values.kept ? resolve(values.kept) : folder;
    const clips = await keptMaterial(made, Number(values.tracks), music);
    service = await startServe(programs, join(made, 'library'), join(folder, 'tokens.json'));
    const { rows, mostMixed } = await throughput(
      service,
      clips,
      Number(values.seconds),
      values.callers.split(',').map(Number),
    );
    if (Number(values.soak) > 0) rows.push(...(await soak(service, clips, Number(values.soak), mostMixed)));
    return measured({ title: `The service, ${values.tracks} tracks, clips of 8 s`, rows }, ['hono', 'autocannon']);
  } finally {
    service?.stop('SIGTERM');
    await service?.ended;
    endRun();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function throughput(service: RunningService, clips: Clips, seconds: number, callers: number[]) {
  /** Answers a second to a mix of clips, the most that was seen. */
  let mostMixed = 0;
  const kinds = {
    'known, WAV': { path: '/v1/recognize', bodies: clips.known },
    'known, MP3': { path: '/v1/recognize', bodies: clips.knownMp3 },
    'known, peaks': { path: '/v1/recognize/print', bodies: clips.knownPeaks },
    'unknown, WAV': { path: '/v1/recognize', bodies: clips.unknown },
    'mixed, 3 of 4 known': { path: '/v1/recognize', bodies: mixed(clips) },
  };
  const rows: Row[] = [];
  const { address, token } = service;
  for (const [kind, { path, bodies }] of Object.entries(kinds))
    for (const connections of [...callers, ...(kind.startsWith('mixed') ? [TOO_MANY] : [])]) {
      const { perSecond, p50, p95, p99, refused, failures } = await loadWith({
        ...{ address, token, path, bodies, connections, seconds },
      });
      if (kind.startsWith('mixed')) mostMixed = Math.max(mostMixed, perSecond);
      rows.push({
        what: `${kind}, ${connections} at once`,
        value: rounded(perSecond),
        unit: '/s',
        note: `p50 ${rounded(p50)}, p95 ${rounded(p95)}, p99 ${rounded(p99)} ms; refused ${rounded(100 * refused)} %; failed ${failures}`,
      });
    }
  return { rows, mostMixed };
}

const mixed = ({ known, unknown }: Clips) =>
  unknown.flatMap((stranger, i) => [
    known[(3 * i) % known.length],
    known[(3 * i + 1) % known.length],
    known[(3 * i + 2) % known.length],
    stranger,
  ]);

/** At most of the load that it takes, for long: memory, open files and temporary files of the service and its workers. */
async function soak(service: RunningService, clips: Clips, minutes: number, most: number): Promise<Row[]> {
  const samples: Usage[] = [];
  const timer = setInterval(() => samples.push(usageOf(service.pid)), SAMPLE_MS);
  const { address, token } = service;
  const rate = Math.max(1, Math.round(SOAK_SHARE * most));
  const result = await loadWith({
    ...{ address, token, path: '/v1/recognize', bodies: mixed(clips), connections: 8, seconds: 60 * minutes, rate },
  });
  clearInterval(timer);
  const compared = Math.min(COMPARED_MINUTES, minutes / 4);
  const count = Math.ceil((samples.length * compared) / minutes);
  const mean = (part: Usage[], of: keyof Usage) => part.reduce((sum, usage) => sum + usage[of], 0) / part.length;
  const growth = (what: string, of: keyof Usage, unit = ''): Row => {
    const [first, last] = [mean(samples.slice(0, count), of), mean(samples.slice(-count), of)];
    const most = Math.max(...samples.map((usage) => usage[of]));
    return { what, value: `${rounded(first)} -> ${rounded(last)}`, unit, note: `most ${rounded(most)}` };
  };
  return [
    {
      what: `at ${rate} a second for ${minutes} min`,
      value: rounded(result.perSecond),
      unit: '/s',
      note: `p50 ${rounded(result.p50)}, p99 ${rounded(result.p99)} ms; refused ${rounded(100 * result.refused)} %; failed ${result.failures}`,
    },
    { what: `in the first and last ${rounded(compared)} min:`, value: '', unit: '', note: `${samples.length} samples` },
    growth('memory of the service', 'serviceMb', 'MB'),
    growth('memory of its workers', 'workersMb', 'MB'),
    growth('open files', 'files'),
    growth('temporary files', 'temporary'),
  ];
}

interface Usage {
  serviceMb: number;
  workersMb: number;
  /** Of the service and its workers. */
  files: number;
  /** In the folder for uploads. */
  temporary: number;
}

function usageOf(pid: number): Usage {
  const workers = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && parentOf(name) === pid);
  const rss = (of: string | number) => Number(/VmRSS:\s+(\d+)/.exec(read(`/proc/${of}/status`))?.[1] ?? 0) / 1024;
  const filesOf = (of: string | number) => namesIn(`/proc/${of}/fd`).length;
  return {
    serviceMb: rss(pid),
    workersMb: workers.reduce((sum, worker) => sum + rss(worker), 0),
    files: [pid, ...workers].reduce<number>((sum, process) => sum + filesOf(process), 0),
    temporary: namesIn(tmpdir())
      .filter((name) => name.startsWith('entendu-serve-'))
      .reduce((sum, name) => sum + namesIn(join(tmpdir(), name)).length, 0),
  };
}

/** None of a process or folder that is gone. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

const parentOf = (pid: string) => Number(/\) \S (\d+)/.exec(read(`/proc/${pid}/stat`))?.[1]);

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
