/** Makes the app at home on the device, once it is on the screen. */
import { recordAnswers } from './history/recorder.ts';
import { offerInstall } from './install.ts';
import { onOpenedWith, takeShared } from './library/handed-over.ts';
import { keepFiles, takeFiles } from './library/take-files.ts';
import { stayAwake } from './listen/wake-lock.ts';
import type { Services } from './services.ts';
import { keepOffline } from './update.ts';

export function settle(services: Services): void {
  const take = (files: File[]) => takeFiles(files, services.imports);
  recordAnswers(services.session, services.history, services.settings);
  stayAwake(services.session);
  offerInstall(services);
  onOpenedWith(take);
  takeShared((files) => keepFiles(files, services.imports)).catch(console.error);
  if (import.meta.env.PROD) keepOffline(services);
}
