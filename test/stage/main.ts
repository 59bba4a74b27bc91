/**
 * Shows the screens in any state, set by the address: `?songs=10000&ends=found&imports=busy&look=light&language=ar`;
 * `refuses=tracks,sessions.list` lists calls that fail.
 */
import { rememberFile } from '../../src/ui/adding/song-files.ts';
import { waitingBundle } from '../../src/ui/adding/take-files.ts';
import { showHearing } from '../../src/ui/listen/session/signs.ts';
import { speak, t, wholeTable } from '../../src/ui/messages/messages.ts';
import { openApp } from '../../src/ui/open.tsx';
import { type Pose, posedEngine, refusal, refusing } from './engine.ts';
import { posedImports } from './imports.ts';
import { silentFile, songOf } from './songs.ts';

const asked = new URLSearchParams(location.search);
const settings = { look: asked.get('look') ?? 'dark', language: asked.get('language') ?? 'en' };
localStorage.setItem('entendu.settings', JSON.stringify(settings));
sessionStorage.clear();

const refused = asked.get('refuses')?.split(',') ?? [];
const songs = Number(asked.get('songs') ?? 1204);
const engine = posedEngine({
  songs,
  hasHistory: asked.has('history'),
  ends: (asked.get('ends') as Pose['ends']) ?? undefined,
});
const { listen } = engine;
engine.listen = async (...call) => refusing(await listen(...call), refused);
if (asked.has('files')) for (const song of [1, 2]) await rememberFile(songOf(song).contentId, { file: silentFile() });
const services = await openApp(document.getElementById('app')!, refusing(engine, refused), () =>
  posedImports(asked.get('imports') ?? ''),
);
if (asked.get('turn')) document.documentElement.dir = 'rtl';
if (asked.has('bundle')) waitingBundle.set(new Blob());
if (asked.get('microphone') === 'refused') {
  navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'));
}
if (asked.get('size')) document.documentElement.style.fontSize = `${asked.get('size')}%`;

for (const call of refused) {
  const [part, method] = call.split('.');
  if (part === 'sessions' || part === 'catalogues') Object.assign(engine[part], { [method]: refusal });
}
showHearing(services);
window.speak = speak;
window.say = async (key) => {
  await wholeTable();
  return t(key as 'place.listen');
};
document.documentElement.dataset.ready = 'true';
