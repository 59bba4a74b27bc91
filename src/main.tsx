/** Connects the engine and hands it to the UI: the one place that knows both. */
import { connectEngine } from './engine/connect.ts';
import { openImports } from './ui/adding/imports.ts';
import { openApp } from './ui/open.tsx';
import { nextTask } from './ui/parts/task.ts';
import { trustOwnScripts } from './ui/trust.ts';

trustOwnScripts();
const engine = connectEngine();
await nextTask();
const services = await openApp(document.getElementById('app')!, engine, (settings) => openImports(engine, settings));

// What is not needed to begin listening: installing, files from other apps, new versions.
const { settle } = await import('./ui/after-start.ts');
await nextTask();
settle(services);
