// Compiles each module of this folder when its wasm is missing or older than its sources.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('..', import.meta.url));

/** source in assembly/ -> where the compiled module goes. */
const modules = { 'index.ts': 'src/kernel/kernel.wasm', 'stages.ts': 'test/kernel/stages.wasm' };

const sources = readdirSync(here, { recursive: true })
  .filter((name) => /\.(ts|mjs)$/.test(name))
  .map((name) => statSync(here + name).mtimeMs);

for (const [source, target] of Object.entries(modules)) {
  if (!existsSync(here + source)) continue;
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
    '--exportStart',
    'start',
  ]);
  if (error) {
    console.error(stderr.toString());
    process.exit(1);
  }
}
