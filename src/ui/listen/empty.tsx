import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { isAdding } from '../library/take-files.ts';
import { t } from '../messages/messages.ts';
import { Button } from '../parts/button.tsx';
import { faultText } from '../parts/fault.ts';
import { useServices } from '../services.ts';
import { fetchDemo } from './demo.ts';
import './empty.css';

/** Nothing can be known yet: how to begin. */
export function EmptyLibrary(): JSX.Element {
  const { imports } = useServices();
  const [fault, setFault] = useState<string>();
  const [isFetching, setFetching] = useState(false);

  const tryDemo = async () => {
    setFetching(true);
    try {
      imports.add(await fetchDemo());
    } catch (error) {
      console.error(error);
      setFault(faultText('AddressUnreachable'));
    }
    setFetching(false);
  };

  return (
    <div class="empty-library">
      <Ear />
      <h2>{t('listen.empty.title')}</h2>
      <p class="soft">{t('listen.empty.text')}</p>
      <div class="empty-ways">
        <Button kind="main" icon="plus" onClick={() => isAdding.set(true)}>
          {t('listen.empty.add')}
        </Button>
        <Button disabled={isFetching} onClick={tryDemo}>
          {t('listen.empty.demo')}
        </Button>
      </div>
      {fault && (
        <p class="status-fault" role="alert">
          {fault}
        </p>
      )}
    </div>
  );
}

/** Waves that come in from the left and turn into the mark. */
function Ear(): JSX.Element {
  const wave = (y: number, height: number) =>
    `M8 ${y}q11 ${-height} 22 0t22 0 22 0q6 ${-height / 2} 14 ${(60 - y) / 2}`;
  return (
    <svg class="empty-ear" viewBox="0 0 220 120" aria-hidden="true">
      <path class="empty-wave" d={wave(38, 14)} />
      <path class="empty-wave" d={wave(60, 26)} />
      <path class="empty-wave" d={wave(82, 14)} />
      <path class="empty-line" d="M107 61 187 53 177 26 149 12 120 28 107 61 119 92 149 107 181 95" />
      {[
        [107, 61, 6],
        [177, 26, 4.5],
        [149, 12, 6],
        [120, 28, 4],
        [119, 92, 4],
        [149, 107, 5.5],
        [181, 95, 7],
      ].map(([x, y, r]) => (
        <circle key={`${x} ${y}`} cx={x} cy={y} r={r} />
      ))}
      <circle class="empty-strong" cx="187" cy="53" r="10" />
    </svg>
  );
}
