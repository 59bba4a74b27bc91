/** When a long session ends, offers to show its list. */
import { titleOf } from '../../history/session-words.ts';
import { t, wholeTable } from '../../messages/messages.ts';
import { tell } from '../../parts/notices/toast.tsx';
import { go } from '../../route.ts';
import type { ListeningSession } from './session.ts';

export function offerList(session: ListeningSession): void {
  session.kept.subscribe(async () => {
    const kept = session.kept.value;
    if (!kept?.id || kept.stretches.length < 2) return;
    await wholeTable();
    const act = () => go({ place: 'recording', detail: String(kept.id) });
    tell({ text: titleOf(kept), action: { label: t('listen.evening.open'), act } });
  });
}
