/** Starts what listening can start without: history, wake lock, files from other apps, installation, updates. */
import { askAboutShared, followOpenedFiles } from './adding/handed-over.ts';
import { followSubscribeLinks } from './catalogues/offered.ts';
import { offerInstall } from './install.ts';
import { followKeys } from './keys.ts';
import { offerList } from './listen/session/evening-end.ts';
import { showHearing } from './listen/session/signs.ts';
import { stayAwake } from './listen/session/wake-lock.ts';
import { tellOfWatched } from './listen/session/watched-songs.ts';
import { t } from './messages/messages.ts';
import { showFault } from './parts/notices/fault-toast.ts';
import { tell } from './parts/notices/toast.tsx';
import { route } from './route.ts';
import type { Services } from './services.ts';
import { keepOffline } from './update.ts';

export function settle(services: Services): void {
  followKeys(services);
  stayAwake(services.session);
  showHearing(services);
  tellOfWatched(services.session);
  offerList(services.session);
  offerInstall(services);
  import('./settings/backup/reminder.ts').then(({ remindOfBackup }) => remindOfBackup(services), console.warn);
  followOpenedFiles(showFault);
  followSubscribeLinks();
  import('./catalogues/weekly-news.ts').then(({ lookForNews }) => lookForNews(services)).catch(console.warn);
  askAboutShared().catch(showFault);
  services.recordings.resume().catch((error) => console.warn('what was left undone is not known', error));
  if (route.value.place === 'library' && route.value.detail === 'refused') {
    tell({ text: t('handed.refused'), isFault: true, stays: true });
  }
  if (import.meta.env.PROD) keepOffline(services);
}
