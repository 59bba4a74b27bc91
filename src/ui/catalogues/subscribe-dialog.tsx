import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { manifestAddress } from '../../catalogue/manifest.ts';
import { shownKey } from '../../catalogue/signature.ts';
import type { CatalogueNews } from '../../engine/api.ts';
import { hostOf } from '../adding/host-of.ts';
import { t } from '../messages/messages.ts';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { AddressInput } from '../parts/fields/address-input.tsx';
import { useCell } from '../parts/state/cell.ts';
import '../parts/fields/form.css';
import { Toggle } from '../parts/fields/choice.tsx';
import { duration, size } from '../parts/localized.ts';
import { Progress } from '../parts/progress.tsx';
import { useTooLittleRoom } from './too-little-room.ts';
import { underWay } from './updates.ts';
import { useSteps } from './use-steps.ts';

/** Asks which catalogue, shows what is in it, and subscribes. Nothing is fetched before the user agrees to its host. */
export function SubscribeDialog({ link, onClose }: { link?: string; onClose: () => void }): JSX.Element {
  const [typed, setTyped] = useState(link ?? '');
  const [isWeekly, setWeekly] = useState(false);
  const { news, fault, elsewhere, isBusy, goOn, allow } = useSteps(typed, isWeekly, onClose);
  const host = hostOf(typed);
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
      {elsewhere ? (
        <div role="alert">
          <p>{t('catalogue.elsewhere', { host: elsewhere })}</p>
          <Button onClick={allow}>{t('catalogue.elsewhere.follow', { host: elsewhere })}</Button>
        </div>
      ) : (
        <div class="dialog-actions">
          <Button onClick={onClose}>{t('do.cancel')}</Button>
          <Button kind="main" disabled={isBusy || !host} onClick={goOn}>
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
        <AddressInput label={t('catalogue.address')} value={typed} onInput={onType} />
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
  const tooLittle = useTooLittleRoom(news.missingBytes);
  return (
    <div class="form">
      <p class="number">{t('catalogue.inside', { count: news.tracks, time: duration(news.seconds) })}</p>
      <p class="soft">{t('catalogue.fetch', { size: size(news.missingBytes), host })}</p>
      {tooLittle && (
        <p class="fault" role="alert">
          {t('catalogue.room', { size: size(tooLittle.needed), free: size(tooLittle.free) })}
        </p>
      )}
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
