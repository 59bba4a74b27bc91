/** Three short tunes that come with the app, to try it at once. */
export const demoTunes = ['blue-corridor.mp3', 'little-engine.mp3', 'sunday-garden.mp3'];

export const demoAddress = (name: string): string => new URL(`demo/${name}`, document.baseURI).href;

export function fetchDemo(): Promise<File[]> {
  return Promise.all(
    demoTunes.map(async (name) => {
      const answer = await fetch(demoAddress(name));
      if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
      return new File([await answer.blob()], name, { type: 'audio/mpeg' });
    }),
  );
}

/** "blue-corridor.mp3" -> "Blue Corridor", as its tags say too. */
export const titleOfDemo = (name: string): string =>
  name
    .replace('.mp3', '')
    .split('-')
    .map((word) => word[0].toUpperCase() + word.slice(1))
    .join(' ');

/** Whether a library with this number of songs holds only these tunes. */
export const isDemoOnly = (titles: string[]): boolean =>
  titles.length === demoTunes.length && demoTunes.every((name) => titles.includes(titleOfDemo(name)));
