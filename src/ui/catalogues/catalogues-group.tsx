import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { shownKey } from '../../catalogue/signature.ts';
import type { Catalogue } from '../../engine/api.ts';
import { t } from '../messages/messages.ts';
import { Button } from '../parts/button.tsx';
import { Toggle } from '../parts/fields/choice.tsx';
import { date, number, size } from '../parts/localized.ts';
import { faultText } from '../parts/notices/fault-text.ts';
import { showFault } from '../parts/notices/fault-toast.ts';
import { tell } from '../parts/notices/toast.tsx';
import { Progress } from '../parts/progress.tsx';
import { useCell } from '../parts/state/cell.ts';
import { linkTo } from '../route.ts';
import { useServices } from '../services.ts';
import './catalogues.css';
import { LeaveDialog } from './leave-dialog.tsx';
import { offered } from './offered.ts';
import { nameOf, underWay, updateCatalogue } from './updates.ts';

/** The catalogues that this library subscribes to. */
export function CataloguesGroup(): JSX.Element {
  const { engine, libraryVersion, sessionsVersion } = useServices();
  const versions = [useCell(libraryVersion), useCell(sessionsVersion)];
  const busy = useCell(underWay);
  const [catalogues, setCatalogues] = useState<Catalogue[]>([]);
  useEffect(() => {
    engine.catalogues.list().then(setCatalogues, showFault);
  }, [...versions, busy.size]);
  return (
    <>
      {catalogues.length === 0 && <p class="setting-text soft">{t('catalogue.none')}</p>}
      <ul class="catalogues">
        {catalogues.map((catalogue) => (
          <Item key={catalogue.number} catalogue={catalogue} />
        ))}
      </ul>
      <div class="setting-actions">
        <Button icon="catalogue" onClick={() => offered.set({})}>
          {t('catalogue.subscribe')}
        </Button>
      </div>
    </>
  );
}

function Item({ catalogue }: { catalogue: Catalogue }): JSX.Element {
  const { engine } = useServices();
  const progress = useCell(underWay).get(catalogue.address);
  const [isLeaving, setLeaving] = useState(false);
  const name = nameOf(catalogue);
  const update = async () => {
    try {
      const taken = await updateCatalogue(engine, catalogue.address);
      if (!taken) return;
      const { added, removed } = taken;
      const isNew = added + removed > 0;
      const counts = { added: number(added), removed: number(removed) };
      tell({ text: isNew ? t('catalogue.updated', { name, ...counts }) : t('catalogue.noNews', { name }) });
    } catch (error) {
      showFault(error);
    }
  };
  const choose = (weekly: boolean) => void engine.catalogues.note(catalogue.number, { weekly }).catch(showFault);
  return (
    <li class="catalogue">
      <h3>{name}</h3>
      <p class="soft">
        <bdi>{new URL(catalogue.address).host}</bdi>,{' '}
        <a href={linkTo({ place: 'library', detail: `catalogue:${catalogue.number}` })}>
          {t('library.count', { count: catalogue.tracks })}
        </a>
      </p>
      <p class="soft">
        {catalogue.key ? t('catalogue.signed', { key: shownKey(catalogue.key) }) : t('catalogue.unsigned')}
      </p>
      {progress ? (
        <>
          <p role="status">{t('catalogue.taking', { size: size(progress.total) })}</p>
          <Progress total={progress.total || 1} done={progress.done} />
        </>
      ) : (
        <State catalogue={catalogue} />
      )}
      <Toggle label={t('catalogue.weekly')} isOn={catalogue.weekly} onChange={choose} />
      <div class="setting-actions">
        <Button disabled={Boolean(progress)} label={`${t('catalogue.update')}: ${name}`} onClick={update}>
          {t('catalogue.update')}
        </Button>
        <Button kind="danger" label={`${t('catalogue.leave')}: ${name}`} onClick={() => setLeaving(true)}>
          {t('catalogue.leave')}
        </Button>
      </div>
      {isLeaving && <LeaveDialog catalogue={catalogue} onClose={() => setLeaving(false)} />}
    </li>
  );
}

function State({ catalogue: { fault, version, checked } }: { catalogue: Catalogue }): JSX.Element {
  return (
    <>
      {version === 0 && <p>{t('catalogue.incomplete')}</p>}
      {fault && <p class="fault">{faultText(fault)}</p>}
      {checked > 0 && <p class="soft">{t('catalogue.checked', { date: date(checked) })}</p>}
    </>
  );
}
