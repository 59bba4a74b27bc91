/** What can be done with a song's lyrics on its page: add, replace, remove. */
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { Track } from '../../types.ts';
import { readLyricsFile } from '../adding/queue/queue-lyrics.ts';
import { t } from '../messages/messages.ts';
import type { MenuItem } from '../parts/menus/menu.tsx';
import { faultText } from '../parts/notices/fault-text.ts';
import { showFault } from '../parts/notices/fault-toast.ts';
import { tell } from '../parts/notices/toast.tsx';
import { useServices } from '../services.ts';
import { useLyricsText } from './song-lyrics.ts';

export function useLyricsItems({ id }: Pick<Track, 'id'>): { items: MenuItem[]; input: JSX.Element } {
  const { engine } = useServices();
  const before = useLyricsText(id);
  const input = useRef<HTMLInputElement>(null);
  const set = async (text: string | undefined, said: string) => {
    await engine.setLyrics(id, text);
    const undo = { label: t('do.undo'), act: () => void engine.setLyrics(id, before).catch(showFault) };
    tell({ text: said, action: undo });
  };
  const take = async ({ currentTarget }: { currentTarget: HTMLInputElement }) => {
    const [file] = currentTarget.files ?? [];
    currentTarget.value = '';
    if (!file) return;
    const text = await readLyricsFile(file).catch((error) => {
      tell({ text: `${file.name}: ${faultText(error.name)}`, isFault: true });
    });
    if (text) await set(text, t('lyrics.saved')).catch(showFault);
  };
  const choose: MenuItem = {
    icon: 'lyrics',
    label: t(before ? 'lyrics.replace' : 'lyrics.add'),
    act: () => input.current?.click(),
  };
  const remove: MenuItem = {
    icon: 'lyrics',
    label: t('lyrics.remove'),
    act: () => void set(undefined, t('lyrics.removed')).catch(showFault),
  };
  return {
    items: before ? [choose, remove] : [choose],
    input: <input ref={input} type="file" hidden accept=".lrc,.txt,text/plain" onChange={take} />,
  };
}
