/** Brings catalogues up to date once a week, those for which the user has allowed it. */
import { isDue } from '../../catalogue/take-catalogue.ts';
import { t } from '../messages/messages.ts';
import { tell } from '../parts/notices/toast.tsx';
import type { Services } from '../services.ts';
import { nameOf, updateCatalogue } from './updates.ts';

/** Failures are noted with the catalogue, where Settings shows them. */
export async function lookForNews({ engine }: Services): Promise<void> {
  if (!navigator.onLine) return;
  for (const catalogue of await engine.catalogues.list()) {
    if (!isDue(catalogue)) continue;
    try {
      const taken = await updateCatalogue(engine, catalogue.address);
      if (taken?.added) tell({ text: t('catalogue.news', { name: nameOf(catalogue), count: taken.added }) });
    } catch (error) {
      console.warn(`${catalogue.address} could not be brought up to date`, error);
    }
  }
}
