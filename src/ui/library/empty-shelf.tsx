import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { DemoButton } from '../adding/demo-button.tsx';
import { isAdding, takeFiles } from '../adding/take-files.ts';
import { t } from '../messages/messages.ts';
import { Button } from '../parts/button.tsx';
import { Empty, Stars } from '../parts/empty.tsx';
import { useServices } from '../services.ts';

/** Shown while the library has no songs: what it is for, and how to add some. */
export function EmptyShelf(): JSX.Element {
  const { imports } = useServices();
  const bundle = useRef<HTMLInputElement>(null);
  return (
    <Empty title={t('library.empty.title')} text={t('library.empty.text')} drawing={<Shelf />}>
      <Button kind="main" icon="plus" onClick={() => isAdding.set(true)}>
        {t('library.add')}
      </Button>
      <Button icon="bundle" onClick={() => bundle.current?.click()}>
        {t('library.add.bundle')}
      </Button>
      <DemoButton />
      <input
        ref={bundle}
        type="file"
        hidden
        accept=".entendu"
        onChange={({ currentTarget: { files } }) => takeFiles([...(files ?? [])], imports)}
      />
    </Empty>
  );
}

/** Drawing: records on a shelf; one leans out and shows its stars. */
function Shelf(): JSX.Element {
  const backs = [30, 48, 62, 82, 96, 112];
  return (
    <>
      <path d="M12 104h196" />
      {backs.map((x, i) => (
        <path key={x} d={`M${x} 104V${[34, 28, 40, 30, 36, 30][i]}h${[12, 9, 14, 9, 11, 10][i]}V104`} />
      ))}
      <g transform="rotate(14 150 104)">
        <path d="M130 104V36h64v68z" />
        <Stars
          at={[
            [142, 88, 3.5],
            [154, 62, 3],
            [168, 76, 2.5],
            [182, 50, 5.5],
          ]}
        />
      </g>
    </>
  );
}
