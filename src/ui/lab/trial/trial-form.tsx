import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { TrialOptions } from '../../../lab/lab-api.ts';
import { t } from '../../messages/messages.ts';
import { Button } from '../../parts/button.tsx';
import { Check } from '../../parts/fields/check.tsx';
import '../../parts/fields/form.css';

/** Names of conditions of `accuracy/spoil/conditions.ts`, and their words. */
export const trialConditions = {
  clean: 'lab.condition.clean',
  room: 'lab.condition.room',
  'talkers 0 dB': 'lab.condition.talkers',
  'pink 0 dB': 'lab.condition.pink',
  'two at once': 'lab.condition.two',
} as const;
export type TrialCondition = keyof typeof trialConditions;

const LONGEST = 10;

export function TrialForm(props: { isPossible: boolean; onRun: (options: TrialOptions) => void }): JSX.Element {
  const [longest, setLongest] = useState(5);
  const [clips, setClips] = useState(10);
  const [seed, setSeed] = useState(1);
  const [padding, setPadding] = useState(10);
  const [conditions, setConditions] = useState<string[]>(['clean', 'room']);
  const toggle = (name: string) =>
    setConditions(conditions.includes(name) ? conditions.filter((each) => each !== name) : [...conditions, name]);
  const run = (event: Event) => {
    event.preventDefault();
    const seconds = Array.from({ length: longest }, (_, i) => i + 1);
    props.onRun({ seconds, clips, seed, padding, conditions });
  };
  return (
    <form class="form lab-form" onSubmit={run}>
      <div class="lab-fields">
        <NumberField label={t('lab.trial.longest')} value={longest} min={1} max={LONGEST} onChange={setLongest} />
        <NumberField label={t('lab.trial.clips')} value={clips} min={1} max={100} onChange={setClips} />
        <NumberField label={t('lab.trial.padding')} value={padding} min={0} max={60} onChange={setPadding} />
        <NumberField label={t('lab.trial.seed')} value={seed} min={0} max={1_000_000} onChange={setSeed} />
      </div>
      <fieldset class="form-checks">
        <legend>{t('lab.trial.conditions')}</legend>
        {Object.entries(trialConditions).map(([name, words]) => (
          <label key={name}>
            <Check isOn={conditions.includes(name)} onChange={() => toggle(name)} />
            {t(words)}
          </label>
        ))}
      </fieldset>
      <div>
        <Button type="submit" kind="main" disabled={!props.isPossible || conditions.length === 0}>
          {t('lab.trial.run')}
        </Button>
      </div>
    </form>
  );
}

function NumberField(props: {
  label: string;
  value: number;
  min: number;
  max: number;
  onChange: (value: number) => void;
}): JSX.Element {
  const { label, value, min, max, onChange } = props;
  return (
    <label class="field">
      <span>{label}</span>
      <input
        type="number"
        inputmode="numeric"
        required
        {...{ min, max, value }}
        onInput={({ currentTarget }) => currentTarget.checkValidity() && onChange(currentTarget.valueAsNumber)}
      />
    </label>
  );
}
