import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { t } from '../messages/messages.ts';
import { Icon } from '../parts/icons/icon.tsx';
import { demoAddress, demoTunes, titleOfDemo } from './demo.ts';
import '../parts/panel.css';
import './demo-tunes.css';

/** The tunes that come with the app, to be played here while it listens. */
export function DemoTunes(): JSX.Element {
  const [playing, setPlaying] = useState<string>();
  useEffect(() => {
    if (!playing) return;
    const player = new Audio(demoAddress(playing));
    player.onended = () => setPlaying(undefined);
    // Starts in the middle, where recognising it means more than at its very beginning.
    player.onloadedmetadata = () => {
      player.currentTime = player.duration / 3;
    };
    player.play().catch((error) => {
      console.error(error);
      setPlaying(undefined);
    });
    return () => player.pause();
  }, [playing]);
  return (
    <div class="panel">
      <p class="soft">{t('listen.demo.text')}</p>
      <ul class="demo-tunes">
        {demoTunes.map((name) => {
          const title = titleOfDemo(name);
          const isPlaying = playing === name;
          return (
            <li key={name}>
              <button
                type="button"
                aria-pressed={isPlaying}
                aria-label={t(isPlaying ? 'listen.demo.pause' : 'listen.demo.play', { title })}
                onClick={() => setPlaying(isPlaying ? undefined : name)}
              >
                <Icon name={isPlaying ? 'pause' : 'play'} size={18} />
                {title}
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
