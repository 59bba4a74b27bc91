import type { JSX } from 'preact';
import type { ExaminedCandidate, Terms } from '../../../engine/api.ts';
import { t } from '../../messages/messages.ts';
import { number, percent } from '../../parts/localized.ts';

const names: (keyof Terms)[] = ['contrast', 'steady', 'tones', 'clip', 'warp', 'library'];

/** The numbers that the confidence is made of, each in words: bars to the right speak for the song, to the left against it. */
export function Decision({ candidate }: { candidate: ExaminedCandidate }): JSX.Element {
  const { terms, confidence, track } = candidate;
  const sum = names.reduce((all, name) => all + terms[name], 0);
  const most = Math.max(1, ...names.map((name) => Math.abs(terms[name])), Math.abs(sum));
  const shown = names.filter((name) => terms[name] !== 0);
  return (
    <table class="lab-decision">
      <caption dir="auto">{t('lab.decision', { title: track.title })}</caption>
      <tbody>
        {shown.map((name) => (
          <Term key={name} name={t(`lab.term.${name}`)} value={terms[name]} most={most} />
        ))}
      </tbody>
      <tfoot>
        <Term name={t('lab.term.sum', { confidence: percent(confidence, 1) })} value={sum} most={most} />
      </tfoot>
    </table>
  );
}

function Term({ name, value, most }: { name: string; value: number; most: number }): JSX.Element {
  const length = (50 * Math.abs(value)) / most;
  return (
    <tr>
      <th scope="row">{name}</th>
      <td class="number">
        <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" data-against={value < 0}>
          <path class="lab-axis" d="M50 0v4" />
          <rect x={value < 0 ? 50 - length : 50} width={length} height="4" />
        </svg>
        {number(Math.round(value * 10) / 10 || 0, { signDisplay: 'exceptZero', minimumFractionDigits: 1 })}
      </td>
    </tr>
  );
}
