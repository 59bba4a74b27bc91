/** Starts the app: connects the engine and passes it to the UI. */
import { connectEngine } from './engine/bridge/connect.ts';
import { openImports } from './ui/adding/queue/imports.ts';
import { openApp } from './ui/open.tsx';
import { nextTask } from './ui/parts/task.ts';
import { trustOwnScripts } from './ui/trust.ts';

trustOwnScripts();
const engine = connectEngine();
await nextTask();
const services = await openApp(document.getElementById('app')!, engine, (settings) => openImports(engine, settings));

// Loaded later, because listening can start without it.
const { settle } = await import('./ui/after-start.ts');
await nextTask();
settle(services);
