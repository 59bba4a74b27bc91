/**
 * How fast the kernel is, in Node and in Chromium: `npm run bench -- kernel [--music FILE.mp3] [--only node]`. The file is
 * decoded with mediabunny and heard in the same worker; without one, a fixture is. Where `fpcalc` is installed, it runs beside it.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { kernelBytes } from '../../src/kernel/bytes.node.ts';
import { kernelModule, stagesModule } from '../support/kernel.ts';
import { openWorkbench } from '../workbench/start.ts';
import { besideFpcalc } from './fpcalc.ts';
import { type Timings, timings } from './kernel-timings.ts';
import { type Measured, measured, type Row, rounded } from './table.ts';

const fixture = join(import.meta.dirname, '../fixtures/harbour-lights.mp3');

function rowsOf(where: string, found: Timings): Row[] {
  const rows: Row[] = [];
  for (const { size, ours, pffft, pffftOrdered, fftJs } of found.transforms) {
    rows.push({ what: `${where}: real transform of ${size}`, value: rounded(ours), unit: 'us' });
    for (const [name, us, bound] of [
      ['pffft', pffft, '<= 1.5'],
      ['pffft, ordered', pffftOrdered, '<= 1.5'],
      ['fft.js', fftJs, '<= 0.33'],
    ] as const)
      rows.push({
        what: `  ${name}`,
        value: rounded(us),
        unit: 'us',
        note: `ours is ${rounded(ours / us)} of it, ${bound}`,
      });
  }
  const least: Record<string, string> = { 11025: '>= 4000', 44100: '>= 2500' };
  for (const [rate, speed] of Object.entries(found.speeds))
    rows.push({
      what: `${where}: sound at ${rate} Hz to peaks`,
      value: rounded(speed),
      unit: 'x real',
      note: least[rate],
    });
  const times = rounded(found.speeds[44100] / found.plainSpeed);
  rows.push({
    what: '  in plain TypeScript',
    value: rounded(found.plainSpeed),
    unit: 'x real',
    note: `ours is ${times} as fast, >= 5`,
  });
  rows.push({ what: '  peaks on which the two agree', value: rounded(100 * found.agreement), unit: '%' });
  const stages = Object.entries(found.stages);
  const total = 1e6 / found.speeds[44100];
  for (const [stage, us] of stages)
    rows.push({
      what: `  ${stage}`,
      value: rounded(us),
      unit: 'us / s',
      note: `${rounded((100 * us) / total, 2)} % of ${rounded(total)}`,
    });
  for (const [rate, { together, apart }] of Object.entries(found.queries))
    rows.push({
      what: `${where}: four analyses of one sound at ${rate} Hz, with the map`,
      value: rounded(together),
      unit: 'us / s',
      note: `${rounded((100 * together) / apart, 2)} % of ${rounded(apart)}, when each resamples for itself`,
    });
  rows.push({ what: '  a new stream at 48 kHz', value: rounded(found.instanceMs), unit: 'ms' });
  return rows;
}

/** Nothing where `fpcalc` is not installed. */
function rowsBesideFpcalc(): Row[] {
  const found = besideFpcalc(kernelModule);
  if (!found) return [];
  const { ours, fpcalc, version } = found;
  return [
    { what: 'Node: sound at 44100 Hz to peaks, paired', value: rounded(ours), unit: 'x real' },
    {
      what: `  fpcalc ${version}, to its own prints`,
      value: rounded(fpcalc),
      unit: 'x real',
      note: `ours is ${rounded(ours / fpcalc)} as fast`,
    },
  ];
}

async function inChromium(file: string): Promise<{ rows: Row[]; version: string }> {
  const bench = await openWorkbench();
  try {
    const rows = rowsOf('Chromium', await bench.page.evaluate(() => window.workbench.timings()));
    await bench.page.setInputFiles('input', file);
    const { seconds, decodeMs, kernelMs } = await bench.page.evaluate(() => window.workbench.decodeAndHear());
    rows.push({
      what: `Chromium: mediabunny decodes ${rounded(seconds)} s of mp3`,
      value: rounded(decodeMs),
      unit: 'ms',
    });
    const share = rounded((100 * kernelMs) / decodeMs);
    rows.push({
      what: '  the kernel hears them',
      value: rounded(kernelMs),
      unit: 'ms',
      note: `${share} % of it, <= 15`,
    });
    return { rows, version: bench.browser.version() };
  } finally {
    await bench.close();
  }
}

export async function run(args: string[]): Promise<Measured> {
  const { values } = parseArgs({
    args,
    options: { music: { type: 'string', default: fixture }, only: { type: 'string' } },
  });
  const { memory } = new WebAssembly.Instance(kernelModule).exports as { memory: WebAssembly.Memory };
  const rows: Row[] = [
    { what: 'size of kernel.wasm', value: kernelBytes().length, unit: 'bytes', note: '<= 24000' },
    { what: 'memory of a stream, fixed', value: memory.buffer.byteLength, unit: 'bytes' },
    ...rowsOf('Node', await timings(kernelModule, stagesModule)),
    ...rowsBesideFpcalc(),
  ];
  const table = { title: 'The kernel', rows };
  const packages = ['@echogarden/pffft-wasm', 'fft.js', 'mediabunny', 'assemblyscript'];
  if (values.only === 'node') return measured(table, packages);
  const chromium = await inChromium(values.music);
  rows.push(...chromium.rows);
  const found = measured(table, packages);
  return { ...found, versions: { ...found.versions, chromium: chromium.version } };
}
