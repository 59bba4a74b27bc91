/**
 * The screens in any state, posed by the address: `?songs=10000&ends=found&imports=busy&look=light&language=ar`;
 * `refuses=tracks,history.list` names calls that fail.
 */
import { waitingBundle } from '../../src/ui/adding/take-files.ts';
import { recordAnswers } from '../../src/ui/listen/session/record.ts';
import { speak } from '../../src/ui/messages/messages.ts';
import { openApp } from '../../src/ui/open.tsx';
import { type Pose, posedEngine, refusal, refusing } from './engine.ts';
import { posedImports } from './imports.ts';
import { songOf } from './songs.ts';

const asked = new URLSearchParams(location.search);
const settings = { look: asked.get('look') ?? 'dark', language: asked.get('language') ?? 'en' };
localStorage.setItem('entendu.settings', JSON.stringify(settings));
sessionStorage.clear();
indexedDB.deleteDatabase('entendu-history');

const refused = asked.get('refuses')?.split(',') ?? [];
const songs = Number(asked.get('songs') ?? 1204);
const engine = posedEngine({ songs, ends: (asked.get('ends') as Pose['ends']) ?? undefined });
const { listen } = engine;
engine.listen = async (...call) => refusing(await listen(...call), refused);
const services = await openApp(document.getElementById('app')!, refusing(engine, refused), () =>
  posedImports(asked.get('imports') ?? ''),
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
for (const call of refused) {
  if (call.startsWith('history.')) Object.assign(services.history, { [call.slice('history.'.length)]: refusal });
}
recordAnswers(services.session, services.history, services.settings);
window.speak = speak;
document.documentElement.dataset.ready = 'true';
