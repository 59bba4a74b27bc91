// Compiles each module of this folder whose wasm is missing or older than any source here.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('..', import.meta.url));

/** Source in assembly/, where the compiled module goes, and the size of its memory in pages of 64 kB. */
const modules = [
  { source: 'index.ts', target: 'src/kernel/kernel.wasm', pages: 6 },
  { source: 'scan.ts', target: 'src/match/scan/scan.wasm', pages: 21 },
  { source: 'stages.ts', target: 'test/kernel/stages.wasm', pages: 7 },
];

const sources = readdirSync(here, { recursive: true })
  .filter((name) => /\.(ts|mjs)$/.test(name))
  .map((name) => statSync(here + name).mtimeMs);

for (const { source, target, pages } of modules) {
  const wasm = root + target;
  if (existsSync(wasm) && statSync(wasm).mtimeMs > Math.max(...sources)) continue;
  const { error, stderr } = await asc.main([
    relative(process.cwd(), here + source),
    '--outFile',
    relative(process.cwd(), wasm),
    '--optimizeLevel',
    '3',
    '--shrinkLevel',
    '0',
    '--converge',
    '--noAssert',
    '--runtime',
    'stub',
    '--enable',
    'simd',
    '--uncheckedBehavior',
    'always',
    '--initialMemory',
    `${pages}`,
    '--maximumMemory',
    `${pages}`,
    '--exportStart',
    'start',
  ]);
  if (error) {
    console.error(stderr.toString());
    process.exit(1);
  }
}
