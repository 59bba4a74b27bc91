import type { JSX } from 'preact';
import type { SortKey } from '../../../engine/api.ts';
import { t } from '../../messages/messages.ts';
import { Icon } from '../../parts/icons/icon.tsx';
import { Menu } from '../../parts/menus/menu.tsx';
import { keep, localStore } from '../../parts/state/kept.ts';
import { beginsDescending, type ColumnName, chosenFrom, columnLabel, columnNames, columns } from './columns.tsx';

interface Props {
  sort: SortKey;
  descending: boolean;
  onSort: (sort: SortKey, descending: boolean) => void;
  /** The columns that the person has chosen, and what is told when the choice changes. */
  shown: ColumnName[];
  onShow: (shown: ColumnName[]) => void;
}

/** The names of the columns sort by them; a second press turns the order. */
export function TableHead(props: Props): JSX.Element {
  const { shown, sort, descending } = props;
  const press = (name: ColumnName) => props.onSort(name, name === sort ? !descending : beginsDescending(name));
  const toggle = (name: ColumnName) => {
    const next = chosenFrom(shown.includes(name) ? shown.filter((each) => each !== name) : [...shown, name]);
    keep(localStore, 'columns', next);
    props.onShow(next);
  };
  return (
    <thead>
      <tr aria-rowindex={1}>
        {shown.map((name) => (
          <th
            key={name}
            scope="col"
            data-end={columns[name].atEnd}
            aria-sort={name !== sort ? 'none' : descending ? 'descending' : 'ascending'}
          >
            <button type="button" onClick={() => press(name)}>
              {columnLabel(name)}
              {name === sort && <Icon name={descending ? 'down' : 'up'} size={14} />}
            </button>
          </th>
        ))}
        <th scope="col">
          <Menu
            label={t('library.columns')}
            icon="more"
            items={columnNames
              .filter((name) => name !== 'title')
              .map((name) => ({ label: columnLabel(name), isChosen: shown.includes(name), act: () => toggle(name) }))}
          />
        </th>
      </tr>
    </thead>
  );
}
