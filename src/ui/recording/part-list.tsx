import type { ComponentChildren, JSX } from 'preact';
import { confidenceWord } from '../listen/answer/answer-words.ts';
import { t } from '../messages/messages.ts';
import { Cover } from '../parts/cover.tsx';
import { Icon } from '../parts/icons/icon.tsx';
import { listed } from '../parts/listed.ts';
import { clock } from '../parts/localized.ts';
import { isStretch, keyOf, type Part } from './parts-of-session.ts';
import { pictured } from './timeline/timeline-part.tsx';

/** Songs and gaps in their order; one of them may be open, with `detail` below it. */
export function PartList(props: {
  parts: Part[];
  chosen?: string;
  choose: (part: Part) => void;
  detail?: ComponentChildren;
}): JSX.Element {
  const { parts, chosen, choose, detail } = props;
  const walk = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const rows = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('.part-row')];
    const next = rows[rows.indexOf(document.activeElement as HTMLElement) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  };
  return (
    <ol class="part-list" aria-label={t('recording.parts')} onKeyDown={walk}>
      {parts.map((part) => (
        <li key={keyOf(part)}>
          <button type="button" class="part-row" aria-expanded={keyOf(part) === chosen} onClick={() => choose(part)}>
            <span class="part-time number">{clock(part.fromSeconds)}</span>
            <PartBody part={part} />
          </button>
          {keyOf(part) === chosen && detail}
        </li>
      ))}
    </ol>
  );
}

function PartBody({ part }: { part: Part }): JSX.Element {
  const length = <span class="number soft">{clock(part.toSeconds - part.fromSeconds)}</span>;
  if (!isStretch(part)) {
    return (
      <>
        <span class="part-gap">{t(`gap.${part.sound}`)}</span>
        {length}
      </>
    );
  }
  const { track, confidence, verdict } = part;
  const sure = verdict ? t(`verdict.${verdict}`) : confidenceWord(confidence);
  return (
    <>
      <Cover track={pictured(track)} />
      <span class="part-names" data-wrong={verdict === 'wrong'}>
        <span class="part-title" dir="auto">
          {track.title}
        </span>
        <span class="part-by">
          {listed([track.artist, sure])}
          {verdict === 'right' && <Icon name="check" size={14} />}
        </span>
      </span>
      {length}
    </>
  );
}
