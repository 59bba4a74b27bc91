import type { JSX } from 'preact';
import { type Language, languages, t } from '../messages/messages.ts';
import { Choice } from '../parts/fields/choice.tsx';
import { useCell } from '../parts/state/cell.ts';
import { useServices } from '../services.ts';

/** Light or dark, and the language. */
export function LookSettings(): JSX.Element {
  const { settings } = useServices();
  const { look, language } = useCell(settings);
  return (
    <>
      <Choice
        label={t('settings.look')}
        value={look}
        options={{
          auto: t('settings.look.auto'),
          dark: t('settings.look.dark'),
          light: t('settings.look.light'),
        }}
        onChange={(look) => settings.set({ ...settings.value, look })}
      />
      <Choice
        label={t('settings.language')}
        value={language}
        options={{ auto: t('settings.language.auto'), ...namesOfLanguages() }}
        onChange={(language) => settings.set({ ...settings.value, language })}
      />
    </>
  );
}

/** Each by its own name. */
const namesOfLanguages = () => Object.fromEntries(languages.map((code) => [code, nameOf(code)]));

function nameOf(code: Language): string {
  const [first = '', ...rest] = new Intl.DisplayNames(code, { type: 'language' }).of(code) ?? code;
  return first.toLocaleUpperCase(code) + rest.join('');
}
