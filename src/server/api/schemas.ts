/** The types of `answers.ts` as JSON schemas. */
export type Schema = Record<string, unknown>;

const number = (description: string, more: Schema = {}): Schema => ({ type: 'number', description, ...more });
const integer = (description: string): Schema => ({ type: 'integer', description });
const string = (description: string): Schema => ({ type: 'string', description });
const oneOf = (...values: string[]): Schema => ({ type: 'string', enum: values });
const array = (items: Schema): Schema => ({ type: 'array', items });
export const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

/** All properties except those in `optional` are required; others are not allowed. */
const object = (properties: Record<string, Schema>, optional: Record<string, Schema> = {}): Schema => ({
  type: 'object',
  properties: { ...properties, ...optional },
  required: Object.keys(properties),
  additionalProperties: false,
});

const seconds = (what: string) => number(`Seconds: ${what}`);
const share = number('Probability that it is right', { minimum: 0, maximum: 1 });
const names = { title: string('Title') };
const moreNames = { artist: string('Artist'), album: string('Album') };

export const schemas: Record<string, Schema> = {
  Problem: object({
    type: string('Names the kind of problem, for programs'),
    title: string('The kind of problem, for people'),
    status: integer('HTTP status'),
    detail: string('What is wrong, and what to do'),
  }),
  TrackName: object({ id: integer('Number of the track, never used again'), ...names }, moreNames),
  Track: object(
    {
      id: integer('Number of the track, never used again'),
      ...names,
      contentId: string('Identifies the bytes of the file'),
      fileName: string('Name of the file'),
      seconds: seconds('how long the file is'),
      learntSeconds: seconds('how much of it was learnt'),
      peakCount: integer('Peaks of its print'),
      added: integer('When it was added, milliseconds since 1970'),
      enabled: { type: 'boolean', description: 'Whether it can be an answer' },
      hasCover: { type: 'boolean', description: 'Whether /cover has a picture' },
    },
    { ...moreNames, year: integer('Year'), trackNumber: integer('Number on the album') },
  ),
  Match: object(
    {
      track: ref('TrackName'),
      offsetSeconds: seconds('where in the track the clip begins'),
      confidence: share,
      speed: number('Tempo at which the clip plays the track; 1 is as learnt'),
      pitch: number('Pitch at which the clip plays the track; 1 is as learnt'),
    },
    { otherOffsets: array(seconds('where else it may begin, because the music repeats itself')) },
  ),
  Recognition: object(
    {
      status: oneOf('match', 'none'),
      matches: array(ref('Match')),
      others: array(ref('Match')),
      heardSeconds: seconds('how much was listened to'),
      timings: object({
        decodeMs: number('Milliseconds spent decoding'),
        kernelMs: number('Milliseconds spent finding peaks'),
        lookupMs: number('Milliseconds spent reading the library'),
        matchMs: number('Milliseconds spent comparing'),
      }),
    },
    { partial: ref('Partial') },
  ),
  Partial: object({
    shards: array({ type: 'integer', description: 'Shards that did not answer in time' }),
    matchers: array({
      type: 'string',
      description: 'Matchers that were never reached, so that their shards are not known',
    }),
  }),
  Played: object({
    track: ref('TrackName'),
    fromSeconds: seconds('where it begins in the recording'),
    toSeconds: seconds('where it ends in the recording'),
    trackSeconds: seconds('where in the track it was at the beginning'),
    confidence: share,
    speed: number('Tempo; 1 is as learnt'),
  }),
  Gap: object({
    fromSeconds: seconds('where it begins'),
    toSeconds: seconds('where it ends'),
    sound: oneOf('music', 'talk', 'noise', 'silence', 'unclear'),
  }),
  Tracklist: object({
    seconds: seconds('how long the recording is'),
    played: array(ref('Played')),
    gaps: array(ref('Gap')),
  }),
  TrackPage: object({ total: integer('Tracks found, on all pages'), tracks: array(ref('Track')) }),
  Added: object(
    { state: oneOf('added', 'known', 'similar'), track: ref('Track') },
    { endsEarly: { type: 'boolean', description: 'The file ended early: only its beginning was learnt' } },
  ),
  TrackChange: object(
    {},
    {
      title: string('Title'),
      ...Object.fromEntries(
        ['artist', 'album'].map((name) => [name, { type: ['string', 'null'], description: 'null deletes it' }]),
      ),
      ...Object.fromEntries(
        ['year', 'trackNumber'].map((name) => [name, { type: ['integer', 'null'], description: 'null deletes it' }]),
      ),
      enabled: { type: 'boolean', description: 'Whether it can be an answer' },
    },
  ),
  Imported: object({ added: integer('Tracks added'), known: integer('Tracks that were there already') }),
  PlayedTrack: object(
    { title: string('Title') },
    {
      ...moreNames,
      id: integer('Number of the track when it was heard'),
      contentId: string('Identifies the bytes of the file'),
    },
  ),
  Play: object({
    station: string('Name of the station'),
    began: string('When it began, ISO 8601'),
    seconds: seconds('how long it was played'),
    track: ref('PlayedTrack'),
    trackSeconds: seconds('where in the track it began'),
    confidence: share,
    speed: number('Tempo; 1 is as learnt'),
  }),
  SongPlays: object({
    track: ref('PlayedTrack'),
    station: string('Name of the station'),
    plays: integer('How often it was played'),
    seconds: seconds('how long, all plays together'),
    first: string('When it was first played, ISO 8601'),
    last: string('When it was last played, ISO 8601'),
  }),
  Plays: object(
    { total: integer('Plays, or songs, on all pages') },
    { plays: array(ref('Play')), songs: array(ref('SongPlays')) },
  ),
  Live: object({ status: oneOf('live') }),
  Ready: object({ status: oneOf('ready'), tracks: integer('Tracks in the library') }),
};
