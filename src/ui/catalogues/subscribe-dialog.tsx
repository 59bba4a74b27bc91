import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { ElsewhereError } from '../../catalogue/bounded-fetch.ts';
import { manifestAddress } from '../../catalogue/manifest.ts';
import { shownKey } from '../../catalogue/signature.ts';
import { lookAt } from '../../catalogue/take-catalogue.ts';
import type { CatalogueNews } from '../../engine/api.ts';
import { openFetching } from '../adding/fetch-address.ts';
import { hostOf } from '../adding/host-of.ts';
import { t } from '../messages/messages.ts';
import { Button } from '../parts/button.tsx';
import { useCell } from '../parts/cell.ts';
import { Dialog } from '../parts/dialog.tsx';
import { faultText } from '../parts/fault-text.ts';
import '../parts/form.css';
import { duration, size } from '../parts/localized.ts';
import { Progress } from '../parts/progress.tsx';
import { tell } from '../parts/toast.tsx';
import { useServices } from '../services.ts';
import { Toggle } from '../settings/choice.tsx';
import { underWay, updateCatalogue } from './updates.ts';

/** Asks which catalogue, shows what is in it, and subscribes. Nothing is fetched before the user agrees to its host. */
export function SubscribeDialog({ link, onClose }: { link?: string; onClose: () => void }): JSX.Element {
  const { engine } = useServices();
  const [typed, setTyped] = useState(link ?? '');
  const [news, setNews] = useState<CatalogueNews & { address: string }>();
  const [hosts, setHosts] = useState<string[]>([]);
  const [elsewhere, setElsewhere] = useState<string>();
  const [fault, setFault] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const [isWeekly, setWeekly] = useState(false);
  const host = hostOf(typed);

  /** Runs a step; a redirect to another host is asked about first. */
  const attempt = async (step: () => Promise<void>) => {
    setFault(undefined);
    setElsewhere(undefined);
    setBusy(true);
    try {
      await step();
    } catch (error) {
      console.error(error);
      if (error instanceof ElsewhereError) setElsewhere(error.host);
      else setFault(faultText((error as Error).name));
    } finally {
      setBusy(false);
    }
  };
  const look = (allowed: string[]) =>
    attempt(async () => {
      const { fetching, close } = openFetching();
      try {
        setNews(await lookAt(engine.catalogues, fetching, typed, allowed));
      } finally {
        close();
      }
    });
  const subscribe = (allowed: string[]) =>
    attempt(async () => {
      const wishes = { weekly: isWeekly, ...(allowed.length > 0 && { hosts: allowed }) };
      const taken = await updateCatalogue(engine, news?.address ?? typed, wishes);
      if (taken) tell({ text: t('bundle.opened', { count: taken.added }) });
      onClose();
    });
  const allow = (other: string) => {
    const allowed = [...hosts, other];
    setHosts(allowed);
    void (news ? subscribe(allowed) : look(allowed));
  };

  return (
    <Dialog title={news?.name || t('catalogue.subscribe')} onClose={onClose}>
      {news ? (
        <Inside news={news} host={host ?? ''} isWeekly={isWeekly} onWeekly={setWeekly} />
      ) : (
        <Ask link={link} typed={typed} host={host} onType={setTyped} />
      )}
      {news && isBusy && <Taking address={news.address} />}
      {fault && (
        <p class="fault" role="alert">
          {fault}
        </p>
      )}
      {elsewhere && (
        <div role="alert">
          <p>{t('catalogue.elsewhere', { host: elsewhere })}</p>
          <Button onClick={() => allow(elsewhere)}>{t('catalogue.elsewhere.follow', { host: elsewhere })}</Button>
        </div>
      )}
      {!elsewhere && (
        <div class="dialog-actions">
          <Button onClick={onClose}>{t('do.cancel')}</Button>
          <Button kind="main" disabled={isBusy || !host} onClick={() => void (news ? subscribe(hosts) : look(hosts))}>
            {t(news ? 'catalogue.confirm' : 'catalogue.ask')}
          </Button>
        </div>
      )}
    </Dialog>
  );
}

function Ask(props: { link?: string; typed: string; host?: string; onType: (typed: string) => void }): JSX.Element {
  const { link, typed, host, onType } = props;
  return (
    <div class="form">
      {link ? (
        <p>{t('catalogue.link')}</p>
      ) : (
        <label class="field">
          <span>{t('catalogue.address')}</span>
          <input
            type="url"
            inputMode="url"
            placeholder="https://"
            dir="ltr"
            value={typed}
            onInput={(event) => onType(event.currentTarget.value)}
          />
        </label>
      )}
      {link && (
        <p dir="ltr">
          <bdi>{link}</bdi>
        </p>
      )}
      {host && <p class="soft">{t('catalogue.ask.hint', { host })}</p>}
    </div>
  );
}

function Inside(props: {
  news: CatalogueNews;
  host: string;
  isWeekly: boolean;
  onWeekly: (isWeekly: boolean) => void;
}): JSX.Element {
  const { news, host, isWeekly, onWeekly } = props;
  return (
    <div class="form">
      <p class="number">{t('catalogue.inside', { count: news.tracks, time: duration(news.seconds) })}</p>
      <p class="soft">{t('catalogue.fetch', { size: size(news.missingBytes), host })}</p>
      <p class="soft">{news.key ? t('catalogue.signed', { key: shownKey(news.key) }) : t('catalogue.unsigned')}</p>
      <p>{t('catalogue.text')}</p>
      <Toggle label={t('catalogue.weekly')} isOn={isWeekly} onChange={onWeekly} />
    </div>
  );
}

/** It goes on when the dialog is closed. */
function Taking({ address }: { address: string }): JSX.Element {
  const progress = useCell(underWay).get(manifestAddress(address));
  return (
    <>
      <p role="status">{t('catalogue.taking', { size: size(progress?.total ?? 0) })}</p>
      <Progress total={progress?.total || 1} done={progress?.done} />
    </>
  );
}
