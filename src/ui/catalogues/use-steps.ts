import { useEffect, useRef, useState } from 'preact/hooks';
import { ElsewhereError } from '../../catalogue/bounded-fetch.ts';
import { lookAt } from '../../catalogue/take-catalogue.ts';
import type { CatalogueNews } from '../../engine/api.ts';
import { openFetching } from '../adding/fetch-address.ts';
import { t } from '../messages/messages.ts';
import { faultText } from '../parts/notices/fault-text.ts';
import { showFault } from '../parts/notices/fault-toast.ts';
import { tell } from '../parts/notices/toast.tsx';
import { useServices } from '../services.ts';
import { updateCatalogue } from './updates.ts';

type FoundCatalogue = CatalogueNews & { address: string };

interface SubscribeSteps {
  /** What is in the catalogue, after the first step. */
  news?: FoundCatalogue;
  fault?: string;
  /** A host that the user is asked about: a step was redirected to it. */
  elsewhere?: string;
  isBusy: boolean;
  goOn(): void;
  allow(): void;
}

/** The two steps of a subscription: to look, and to subscribe. The second goes on when the dialog is closed. */
export function useSteps(typed: string, weekly: boolean, onDone: () => void): SubscribeSteps {
  const { engine } = useServices();
  const [news, setNews] = useState<FoundCatalogue>();
  const [hosts, setHosts] = useState<string[]>([]);
  const [elsewhere, setElsewhere] = useState<string>();
  const [fault, setFault] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const isOpen = useRef(true);
  useEffect(
    () => () => {
      isOpen.current = false;
    },
    [],
  );

  const look = async (allowed: string[]) => {
    const { fetching, close } = openFetching();
    try {
      setNews(await lookAt(engine.catalogues, fetching, typed, allowed));
    } finally {
      close();
    }
  };
  const subscribe = async (address: string, allowed: string[]) => {
    const taken = await updateCatalogue(engine, address, { weekly, ...(allowed.length > 0 && { hosts: allowed }) });
    if (taken) tell({ text: t('bundle.opened', { count: taken.added }) });
    if (isOpen.current) onDone();
  };
  const run = async (allowed: string[]) => {
    setFault(undefined);
    setElsewhere(undefined);
    setBusy(true);
    try {
      await (news ? subscribe(news.address, allowed) : look(allowed));
    } catch (error) {
      if (!isOpen.current) return showFault(error);
      console.error(error);
      if (error instanceof ElsewhereError) setElsewhere(error.host);
      else setFault(faultText((error as Error).name));
    } finally {
      setBusy(false);
    }
  };
  const allow = () => {
    const allowed = [...hosts, elsewhere ?? ''];
    setHosts(allowed);
    void run(allowed);
  };
  return { news, fault, elsewhere, isBusy, goOn: () => void run(hosts), allow };
}
