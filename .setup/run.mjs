// Runs a TypeScript program of this project in Node: `node .setup/run.mjs test/bench/main.ts kernel`.
import { resolve } from 'node:path';
import { runnerImport } from 'vite';

const [, , file, ...args] = process.argv;
process.argv = [process.argv[0], resolve(file), ...args];
// Node itself loads packages here; it does not accept paths without extension.
const alias = { 'comlink/dist/esm/node-adapter': 'comlink/dist/esm/node-adapter.mjs' };
await runnerImport(resolve(file), { configFile: false, logLevel: 'error', resolve: { alias } });
