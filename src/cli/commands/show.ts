import { parseLyrics } from '../../lyrics/parse-lyrics.ts';
import { openLibrary } from '../../node/package.ts';
import type { Track } from '../../types.ts';
import { command, FOUND } from '../command.ts';
import { flag, UsageError } from '../options.ts';
import { table } from '../terminal.ts';
import { theTracks } from '../tracks.ts';
import { clock, count, counted } from '../words.ts';

export const show = command({
  name: 'show',
  summary: 'shows all details of a track',
  usage: ['TRACK ...'],
  details: ['TRACK is a number as shown by "list", or words that occur in only one track.'],
  options: { json: flag('print one JSON object per line'), lyrics: flag('print the lyrics, too') },
  examples: [
    ['entendu show 12', 'the track with the number 12'],
    ['entendu show nocturne', 'the only track with the word "nocturne"'],
    ['entendu show 12 --lyrics', 'with its lyrics'],
  ],
  async run({ values: { library: folder, json, lyrics: isSung }, words, terminal }) {
    if (words.length === 0) throw new UsageError('Name a track by its number or by words: entendu show TRACK');
    const library = await openLibrary(folder, { readOnly: true });
    try {
      for (const [i, track] of (await theTracks(library, words)).entries()) {
        if (!json && i > 0) terminal.print('');
        const text = await library.lyrics(track.id);
        const shown = isSung ? { ...track, lyrics: text } : track;
        for (const line of json ? [JSON.stringify(shown)] : lines(track, text)) terminal.print(line);
        if (!json && isSung && text) terminal.print(`\n${text}`);
      }
      return FOUND;
    } finally {
      await library.close();
    }
  },
});

function lines(track: Track, lyrics: string | undefined): string[] {
  const { seconds, learntSeconds } = track;
  const facts: [string, string | undefined][] = [
    ['number', String(track.id)],
    ['title', track.title],
    ['artist', track.artist],
    ['album', track.album],
    ['year', track.year?.toString()],
    ['track', track.trackNumber?.toString()],
    [
      'length',
      learntSeconds < seconds - 1 ? `${clock(seconds)}, ${clock(learntSeconds)} of it learnt` : clock(seconds),
    ],
    ['peaks', count(track.peakCount)],
    ['learnt', new Date(track.added).toISOString().slice(0, 16).replace('T', ' ')],
    ['lyrics', lyrics && lyricsWords(lyrics)],
    ['file', track.fileName],
    ['content', track.contentId],
    ['enabled', track.enabled ? 'yes' : 'no: it is never recognised'],
  ];
  return table(facts.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

function lyricsWords(text: string): string {
  const { isTimed, lines } = parseLyrics(text);
  const sung = counted(lines.filter((line) => line.text).length, 'line');
  return isTimed ? `${sung}, with times` : sung;
}
