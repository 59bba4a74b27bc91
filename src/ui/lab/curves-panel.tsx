import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { type CurveKind, type CurvePoint, curveKinds, type Mix } from '../../lab/lab-api.ts';
import type { Track } from '../../types.ts';
import { t } from '../messages/messages.ts';
import { number, percent } from '../parts/localized.ts';
import { showFault } from '../parts/notices/fault-toast.ts';
import type { LabModel, LabState } from './lab-model.ts';
import { LineChart } from './line-chart.tsx';

/** The sliders have rested this long before curves are drawn. */
const REST_MS = 600;

type Curves = { [kind in CurveKind]?: CurvePoint[] };

const nowOf: Record<CurveKind, (mix: Mix) => number | undefined> = {
  ratio: ({ ratioDb }) => ratioDb,
  noise: ({ noise, noiseDb }) => (noise ? noiseDb : undefined),
  seconds: ({ seconds }) => seconds,
};

/** Confidence against ratio, noise and length, all other settings as they are. Drawn in the background while it is in sight. */
export function CurvesPanel({ model, state }: { model: LabModel; state: LabState }): JSX.Element | null {
  const [frame, isSeen] = useSeen();
  const mix = model.mix();
  const tracks = tracksOf(state);
  const curves = useCurves(model, isSeen ? mix : undefined, tracks);
  if (!mix || tracks.length === 0) return null;
  const kinds = curveKinds.filter((kind) => kind !== 'ratio' || mix.sounds.length > 1);
  return (
    <section ref={frame}>
      <h2>{t('lab.curves')}</h2>
      <p class="soft">{t('lab.curves.text')}</p>
      <div class="lab-charts">
        {kinds.map((kind) => (
          <LineChart
            key={kind}
            title={t(`lab.curve.${kind}`, { noise: t(`lab.noise.${mix.noise ?? 'pink'}`) })}
            lines={tracks.map(({ title }, i) => ({
              name: title,
              points: (curves[kind] ?? []).map(({ x, confidences }) => [x, confidences[i]]),
            }))}
            xText={(x) =>
              kind === 'seconds' ? t('lab.seconds', { seconds: number(x) }) : t('lab.decibels', { value: number(x) })
            }
            yText={(share) => percent(share)}
            most={1}
            now={nowOf[kind](mix)}
          />
        ))}
      </div>
    </section>
  );
}

/** The songs that were chosen; for a file or a recording, what it was recognised as. */
function tracksOf({ slots, result }: LabState): Track[] {
  const chosen = slots.flatMap((slot) => slot?.track ?? []);
  if (chosen.length) return chosen;
  return (result?.examination.candidates ?? []).filter(({ isNamed }) => isNamed).map(({ track }) => track);
}

function useCurves(model: LabModel, mix: Mix | undefined, tracks: Track[]): Curves {
  const [curves, setCurves] = useState<Curves>({});
  const drawn = useRef<string>(undefined);
  const wanted = JSON.stringify([mix, tracks.map(({ id }) => id)]);
  useEffect(() => {
    if (!mix || tracks.length === 0 || drawn.current === wanted) return;
    const abort = new AbortController();
    const draw = async () => {
      const lab = await model.lab;
      setCurves({});
      drawn.current = undefined;
      for (const kind of curveKinds) {
        if (kind === 'ratio' && mix.sounds.length < 2) continue;
        const tell = (point: CurvePoint) => {
          if (!abort.signal.aborted) setCurves((now) => ({ ...now, [kind]: [...(now[kind] ?? []), point] }));
        };
        await lab.curve(
          kind,
          mix,
          tracks.map(({ id }) => id),
          tell,
          abort.signal,
        );
      }
      drawn.current = wanted;
    };
    const timer = setTimeout(() => draw().catch((error) => abort.signal.aborted || showFault(error)), REST_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [wanted]);
  return curves;
}

function useSeen() {
  const frame = useRef<HTMLElement>(null);
  const [isSeen, setSeen] = useState(false);
  useEffect(() => {
    if (!frame.current) return;
    const observer = new IntersectionObserver(([entry]) => setSeen(entry.isIntersecting));
    observer.observe(frame.current);
    return () => observer.disconnect();
  }, [frame.current === null]);
  return [frame, isSeen] as const;
}
