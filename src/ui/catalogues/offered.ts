/** The catalogue that `subscribe-dialog.tsx` asks about: from a link, or one whose address the user is to type. */
import { hostOf } from '../adding/host-of.ts';
import { type Cell, cell } from '../parts/state/cell.ts';
import { go } from '../route.ts';

export const offered: Cell<{ link?: string } | undefined> = cell<{ link?: string } | undefined>(undefined);

const LINK = /^#\/?subscribe=(.+)$/;

/** The address in `#subscribe=https://valley.example/songs/`, encoded or not. */
export function addressInLink(hash: string): string | undefined {
  const [, text] = LINK.exec(hash) ?? [];
  if (!text) return undefined;
  try {
    const address = hostOf(text) ? text : decodeURIComponent(text);
    return hostOf(address) ? address : undefined;
  } catch {
    return undefined;
  }
}

/** A link only asks; its host is named, and nothing is fetched before the user agrees. */
export function followSubscribeLinks(): void {
  const look = () => {
    const link = addressInLink(location.hash);
    if (!link) return;
    go({ place: 'library' }, { replace: true });
    offered.set({ link });
  };
  addEventListener('hashchange', look);
  look();
}
