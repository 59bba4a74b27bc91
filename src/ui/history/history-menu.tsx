import type { JSX } from 'preact';
import type { Session } from '../../engine/api.ts';
import { sessionsCsv } from '../../sessions/formats/session-csv.ts';
import { sessionsJson } from '../../sessions/formats/session-text.ts';
import { dated, download } from '../bundles/save-file.ts';
import { t } from '../messages/messages.ts';
import { Menu } from '../parts/menus/menu.tsx';
import { showFault } from '../parts/notices/fault-toast.ts';
import { useServices } from '../services.ts';

/** Without `onCharts` the charts are on the screen already. */
export function HistoryMenu({ onCharts, onClear }: { onCharts?: () => void; onClear: () => void }): JSX.Element {
  const { engine } = useServices();
  const save = (ending: string, type: string, text: (sessions: Session[]) => string) => () =>
    engine.sessions
      .list()
      .then(({ rows }) => download(dated('entendu-history', ending), new Blob([text(rows)], { type })), showFault);
  return (
    <Menu
      label={t('do.more')}
      icon="more"
      items={[
        ...(onCharts ? [{ icon: 'history' as const, label: t('charts.title'), act: onCharts }] : []),
        { icon: 'share', label: t('history.export.csv'), act: save('csv', 'text/csv', sessionsCsv) },
        { icon: 'share', label: t('history.export.json'), act: save('json', 'application/json', sessionsJson) },
        { icon: 'trash', label: t('history.clear'), isDanger: true, act: onClear },
      ]}
    />
  );
}
