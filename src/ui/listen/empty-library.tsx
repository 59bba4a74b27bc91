import type { JSX } from 'preact';
import { DemoButton } from '../adding/demo-button.tsx';
import { isAdding } from '../adding/take-files.ts';
import { t } from '../messages/messages.ts';
import { Button } from '../parts/button.tsx';
import { Empty, Stars } from '../parts/empty.tsx';

/** Shown while the library is empty: how to begin. */
export function EmptyLibrary(): JSX.Element {
  return (
    <Empty title={t('listen.empty.title')} text={t('listen.empty.text')} drawing={<Ear />}>
      <Button kind="main" icon="plus" onClick={() => isAdding.set(true)}>
        {t('listen.empty.add')}
      </Button>
      <DemoButton />
    </Empty>
  );
}

/** Waves that come in from the left and turn into the mark. */
function Ear(): JSX.Element {
  const wave = (y: number, height: number) =>
    `M8 ${y}q11 ${-height} 22 0t22 0 22 0q6 ${-height / 2} 14 ${(60 - y) / 2}`;
  return (
    <>
      <path class="empty-line" d={`${wave(38, 14)}${wave(60, 26)}${wave(82, 14)}M107 61 187 53`} />
      <Stars
        at={[
          [181, 95, 7],
          [149, 107, 5.5],
          [119, 92, 4],
          [107, 61, 6],
          [120, 28, 4],
          [149, 12, 6],
          [177, 26, 4.5],
          [187, 53, 10],
        ]}
      />
    </>
  );
}
