/** The screens in any state, posed by the address: `?songs=10000&ends=found&imports=busy&look=light&language=ar`. */
import { waitingBundle } from '../../src/ui/adding/take-files.ts';
import { speak } from '../../src/ui/messages/messages.ts';
import { openApp } from '../../src/ui/open.tsx';
import { type Pose, posedEngine } from './engine.ts';
import { posedImports } from './imports.ts';
import { songOf } from './songs.ts';

const asked = new URLSearchParams(location.search);
const settings = { look: asked.get('look') ?? 'dark', language: asked.get('language') ?? 'en' };
localStorage.setItem('entendu.settings', JSON.stringify(settings));
sessionStorage.clear();
indexedDB.deleteDatabase('entendu-history');

const services = await openApp(
  document.getElementById('app')!,
  posedEngine({ songs: Number(asked.get('songs') ?? 1204), ends: (asked.get('ends') as Pose['ends']) ?? undefined }),
  () => posedImports(asked.get('imports') ?? ''),
);
if (asked.get('turn')) document.documentElement.dir = 'rtl';
if (asked.has('bundle')) waitingBundle.set(new Blob());
if (asked.get('microphone') === 'refused') {
  navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'));
}
if (asked.get('size')) document.documentElement.style.fontSize = `${asked.get('size')}%`;

if (asked.has('history')) {
  for (let i = 0; i < 7; i++) {
    const { id: trackId, contentId, title, artist, album } = songOf(i + 1);
    await services.history.add({
      at: Date.now() - i * 9_400_000,
      source: 'microphone',
      answer:
        i === 3
          ? undefined
          : {
              trackId,
              contentId,
              title,
              artist,
              album,
              positionSeconds: 31 * i,
              confidence: 0.999 - i * 0.03,
              speed: 1,
            },
      note: i === 1 ? 'At the café by the bridge' : undefined,
      seconds: i === 2 ? 190 : undefined,
    });
  }
}
window.speak = speak;
document.documentElement.dataset.ready = 'true';
