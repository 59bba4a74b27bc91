import type { JSX } from 'preact';
import type { SortKey } from '../../../engine/api.ts';
import { type Key, t } from '../../messages/messages.ts';
import { Menu } from '../../parts/menus/menu.tsx';
import { beginsDescending } from '../desk/columns.tsx';
import { sorts } from '../library-query.ts';

type Sorting = { sort: SortKey; descending: boolean; onSort: (sort: SortKey, descending: boolean) => void };

/** The order of the songs, where they have no columns. */
export function SortMenu({ sort, descending, onSort }: Sorting): JSX.Element {
  return (
    <Menu
      label={`${t('library.sort')}: ${t(`library.sort.${sort}`)}`}
      text={t(`library.sort.${sort}`)}
      icon="down"
      items={[
        ...sorts.map((key) => ({
          label: t(`library.sort.${key}` satisfies Key),
          isChosen: key === sort,
          act: () => onSort(key, beginsDescending(key)),
        })),
        { label: t('library.sort.down'), isChosen: descending, act: () => onSort(sort, !descending) },
      ]}
    />
  );
}
