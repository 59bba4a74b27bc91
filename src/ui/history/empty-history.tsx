import type { JSX } from 'preact';
import type { Session } from '../../engine/api.ts';
import { t } from '../messages/messages.ts';
import { Empty, Stars } from '../parts/empty.tsx';
import { SessionBody } from './history-row.tsx';

/** Shown while nothing has been recognised yet: an example of an entry. */
export function EmptyHistory(): JSX.Element {
  const sample: Session = {
    id: 0,
    began: new Date().setHours(21, 14),
    source: 'microphone',
    seconds: 5,
    stretches: [
      {
        number: 1,
        track: {
          title: t('history.empty.sample'),
          artist: t('history.empty.sampleArtist'),
          contentId: '39a7c50e81d2f4b6',
        },
        fromSeconds: 0,
        toSeconds: 5,
        trackSeconds: 72,
        confidence: 0.996,
        speed: 1,
      },
    ],
    gaps: [],
    state: 'ended',
    hasStrip: false,
  };
  return (
    <Empty title={t('history.empty.title')} text={t('history.empty.text')} drawing={<Evening />}>
      <div class="entry-row entry-sample">
        <SessionBody session={sample} />
      </div>
    </Empty>
  );
}

/** Drawing: the songs of an evening as arcs over time; the last one is still playing. */
function Evening(): JSX.Element {
  const hours = Array.from({ length: 15 }, (_, i) => 12 + i * 14);
  return (
    <>
      <path d={hours.map((x, i) => `M${x} 106v${i % 4 === 2 ? -11 : -5}`).join('')} />
      <Stars
        at={[
          [18, 78, 3],
          [30, 58, 4],
          [48, 66, 2.5],
          [56, 84, 3],
        ]}
      />
      <Stars
        at={[
          [80, 44, 2.5],
          [96, 26, 3.5],
          [116, 38, 2.5],
          [124, 62, 4],
        ]}
      />
      <Stars
        at={[
          [150, 70, 3],
          [160, 44, 4],
          [180, 52, 2.5],
          [198, 24, 7],
        ]}
      />
    </>
  );
}
