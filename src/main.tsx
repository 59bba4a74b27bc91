/** Connects the engine and hands it to the UI: the one place that knows both. */
import { connectEngine } from './engine/connect.ts';
import { offerInstall } from './ui/install.ts';
import { onOpenedWith, takeShared } from './ui/library/handed-over.ts';
import { openImports } from './ui/library/imports.ts';
import { takeFiles } from './ui/library/take-files.ts';
import { openApp } from './ui/open.tsx';
import { trustOwnScripts } from './ui/trust.ts';
import { keepOffline } from './ui/update.ts';

trustOwnScripts();
const engine = connectEngine();
const services = await openApp(document.getElementById('app')!, engine, (settings) => openImports(engine, settings));
offerInstall(services);
onOpenedWith((files) => takeFiles(files, services.imports));
void takeShared().then((files) => takeFiles(files, services.imports));
if (import.meta.env.PROD) await keepOffline(services);
