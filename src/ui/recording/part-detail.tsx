import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { Gap, Session, Stretch } from '../../engine/api.ts';
import { confidenceWord, speedWord } from '../listen/answer/answer-words.ts';
import { t } from '../messages/messages.ts';
import { Button } from '../parts/button.tsx';
import { showFault } from '../parts/notices/fault-toast.ts';
import '../parts/fields/form.css';
import './part-detail.css';
import { clock, percent } from '../parts/localized.ts';
import { tell } from '../parts/notices/toast.tsx';
import { linkTo } from '../route.ts';
import { useServices } from '../services.ts';
import { isStretch, type Part } from './parts-of-session.ts';
import type { RecordingSound } from './recording-sound.ts';

import { withEdge, withName, withVerdict } from './session-edits.ts';

/** Steps of an edge, in seconds. */
const STEPS = [-5, -1, 1, 5];

interface Props<P extends Part = Part> {
  session: Session;
  part: P;
  sound: RecordingSound;
}

/** A song or a gap of a recording, and what to do with it. */
export function PartDetail({ session, part, sound }: Props): JSX.Element {
  return (
    <div class="part-detail">
      {session.source === 'file' && <Hear part={part} sound={sound} />}
      {isStretch(part) ? (
        <Song session={session} part={part} sound={sound} />
      ) : (
        <Unnamed session={session} part={part} sound={sound} />
      )}
    </div>
  );
}

/** Plays the part; asks for the file when it is not known where it is. */
function Hear({ part, sound }: Pick<Props, 'part' | 'sound'>): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  const { player, isMissing } = sound;
  const press = () => {
    if (player.isPlaying) player.stop();
    else if (isMissing) input.current?.click();
    else void sound.play(part.fromSeconds);
  };
  const take = ({ currentTarget }: { currentTarget: HTMLInputElement }) => {
    const [file] = currentTarget.files ?? [];
    currentTarget.value = ''; // the same file may be chosen again
    if (file)
      sound
        .show(file)
        .then((isShown) => (isShown ? player.play(file, part.fromSeconds) : undefined))
        .catch(showFault);
  };
  return (
    <div class="part-hear">
      <Button icon={player.isPlaying ? 'pause' : isMissing ? 'file' : 'play'} onClick={press}>
        {player.isPlaying
          ? t('play.stop')
          : isMissing
            ? t('play.show')
            : t('play.from', { time: clock(part.fromSeconds) })}
      </Button>
      {player.isPlaying && <span class="number soft">{clock(player.position)}</span>}
      <input ref={input} type="file" hidden accept="audio/*,video/*,.opus,.flac,.mkv" onChange={take} />
    </div>
  );
}

/** Saves what was corrected, and offers to undo it. */
function useSave(before: Session): (after: Session, text?: string) => void {
  const { engine } = useServices();
  return (after, text) => {
    engine.sessions
      .save(after)
      .then(
        () => text && tell({ text, action: { label: t('do.undo'), act: () => void engine.sessions.save(before) } }),
        showFault,
      );
  };
}

function Song({ session, part }: Props<Stretch>): JSX.Element {
  const save = useSave(session);
  const { number, track, fromSeconds, toSeconds, trackSeconds, confidence, speed, verdict } = part;
  const change = speedWord({ speed, pitch: speed });
  const judge = (next: 'right' | 'wrong') => save(withVerdict(session, number, verdict === next ? undefined : next));
  return (
    <>
      <p class="number">
        <strong>{confidenceWord(confidence)}</strong> <span class="soft">{percent(confidence, 1)}</span>
        {change && <span class="soft">, {change}</span>}
      </p>
      <p class="number soft">{t('recording.place', { time: clock(trackSeconds) })}</p>
      <div class="part-ways">
        <Verdict is={verdict === 'right'} label={t('verdict.right')} act={() => judge('right')} />
        <Verdict is={verdict === 'wrong'} label={t('verdict.wrong')} act={() => judge('wrong')} />
        {track.id !== undefined && (
          <a class="button" href={linkTo({ place: 'track', detail: String(track.id) })}>
            {t('history.open')}
          </a>
        )}
      </div>
      <Edge
        label={t('recording.begins')}
        seconds={fromSeconds}
        move={(to) => save(withEdge(session, number, 'from', to))}
      />
      <Edge label={t('recording.ends')} seconds={toSeconds} move={(to) => save(withEdge(session, number, 'to', to))} />
    </>
  );
}

function Verdict({ is, label, act }: { is: boolean; label: string; act: () => void }): JSX.Element {
  return (
    <button type="button" class="button part-verdict" aria-pressed={is} onClick={act}>
      {label}
    </button>
  );
}

function Edge(props: { label: string; seconds: number; move: (seconds: number) => void }): JSX.Element {
  const { label, seconds, move } = props;
  return (
    <fieldset class="part-edge">
      <legend>
        {label} <span class="number">{clock(seconds)}</span>
      </legend>
      {STEPS.map((step) => (
        <button key={step} type="button" class="number" onClick={() => move(seconds + step)}>
          <bdi>{t('recording.step', { step: step > 0 ? `+${step}` : `−${-step}` })}</bdi>
        </button>
      ))}
    </fieldset>
  );
}

/** A gap: named by hand, or learnt as a song of its own. */
function Unnamed({ session, part, sound }: Props<Gap>): JSX.Element {
  const { imports } = useServices();
  const save = useSave(session);
  const [title, setTitle] = useState('');
  const [artist, setArtist] = useState('');
  const [isCutting, setCutting] = useState(false);
  const name = () => save(withName(session, part, title.trim(), artist.trim() || undefined), t('recording.named'));

  const learn = async () => {
    const file = await sound.file();
    if (!file) return tell({ text: t('recording.show'), isFault: true });
    setCutting(true);
    try {
      const { cutOut } = await import('./cut-out.ts');
      const called = [artist.trim(), title.trim()].filter(Boolean).join(' - ').replaceAll('/', '-');
      imports.add([await cutOut(file, part.fromSeconds, part.toSeconds, called)]);
      name();
    } catch (error) {
      showFault(error);
    }
    setCutting(false);
  };

  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        name();
      }}
    >
      <p class="soft">{t('recording.unknown')}</p>
      <label class="field">
        <span>{t('track.title')}</span>
        <input required value={title} onInput={(event) => setTitle(event.currentTarget.value)} />
      </label>
      <label class="field">
        <span>{t('track.artist')}</span>
        <input value={artist} onInput={(event) => setArtist(event.currentTarget.value)} />
      </label>
      <div class="part-ways">
        <Button type="submit" disabled={!title.trim()}>
          {t('recording.name')}
        </Button>
        {session.source === 'file' && (
          <Button icon="plus" disabled={!title.trim() || isCutting} onClick={learn}>
            {t('recording.learnPart')}
          </Button>
        )}
      </div>
    </form>
  );
}
