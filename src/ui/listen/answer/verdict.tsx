import type { JSX } from 'preact';
import { version } from '../../../../package.json';
import type { Session, Verdict } from '../../../engine/api.ts';
import { t } from '../../messages/messages.ts';
import { Button } from '../../parts/button.tsx';
import { showFault } from '../../parts/notices/fault-toast.ts';
import { tell } from '../../parts/notices/toast.tsx';
import { useCell } from '../../parts/state/cell.ts';
import { useServices } from '../../services.ts';
import type { Found } from '../session/listening-state.ts';
import { Act } from './act.tsx';

/** Whether the answer is right, kept with the session that it was given in. */
export function Verdicts({
  found,
  verdict,
  judge,
}: {
  found: Found;
  verdict?: Verdict;
  judge: (verdict: Verdict | undefined) => void;
}): JSX.Element | null {
  const { engine, session } = useServices();
  const kept = useCell(session.kept);
  if (!kept?.id) return null;
  const press = (next: Verdict) => () => {
    const now = verdict === next ? undefined : next;
    judge(now);
    save(kept.id, now).catch((error) => {
      judge(verdict);
      showFault(error);
    });
  };
  async function save(id: Session['id'], now: Verdict | undefined) {
    const session = await engine.sessions.get(id);
    if (!session) return;
    const { contentId } = found.match.track;
    const stretches = session.stretches.map((stretch) =>
      stretch.track.contentId === contentId ? { ...stretch, verdict: now } : stretch,
    );
    await engine.sessions.save({ ...session, stretches });
  }
  return (
    <>
      <Act icon="check" label={t('verdict.right')} pressed={verdict === 'right'} act={press('right')} />
      <Act icon="close" label={t('verdict.wrong')} pressed={verdict === 'wrong'} act={press('wrong')} />
    </>
  );
}

/** What can be done about a wrong answer. */
export function Mistaken({ found }: { found: Found }): JSX.Element {
  const { engine, session } = useServices();
  const copy = () =>
    navigator.clipboard.writeText(reportOf(found)).then(() => tell({ text: t('share.copied') }), showFault);
  const never = async () => {
    try {
      const refusal = await session.refuse(found.match.track.id);
      const undo = { label: t('do.undo'), act: () => void engine.allow(refusal).catch(showFault) };
      tell({ text: t('verdict.never.done'), action: undo });
    } catch (error) {
      showFault(error);
    }
  };
  return (
    <div class="panel">
      <p>{t('verdict.sorry')}</p>
      <Button onClick={never}>{t('verdict.never')}</Button>
      <Button onClick={copy}>{t('verdict.report')}</Button>
    </div>
  );
}

/** What is needed to investigate a wrong answer; nothing of the sound itself. */
function reportOf({ match, positionSeconds, others, alsoPlaying }: Found): string {
  const name = ({ track: { title, artist } }: typeof match) => [title, artist].filter(Boolean).join(' – ');
  const { track, confidence, speed, pitch, met, votes } = match;
  return [
    `Entendu ${version}: a wrong answer`,
    navigator.userAgent,
    `named: ${name(match)} (${track.contentId.slice(0, 12)}, ${track.seconds.toFixed(1)} s, ${track.peakCount} peaks)`,
    `place ${Number(positionSeconds.toFixed(2)) || 0} s, confidence ${confidence.toFixed(4)}, speed ${speed.toFixed(4)}, pitch ${pitch.toFixed(4)}`,
    `peaks met: ${met?.frames.length ?? 'not told'}, votes: ${votes ?? 'not told'}`,
    ...[...alsoPlaying, ...others].map((other) => `next: ${name(other)} (${other.confidence.toFixed(4)})`),
  ].join('\n');
}
