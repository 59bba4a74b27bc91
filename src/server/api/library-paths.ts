import type { Paths } from './describe.ts';
import { bytes, json, operation, problems, query, trackId } from './operations.ts';
import { ref } from './schemas.ts';

const text = { type: 'string' };
const whole = { type: 'integer', minimum: 0 };
const BUNDLE = 'application/vnd.entendu.bundle';

export const libraryPaths: Paths = {
  '/v1/tracks': {
    get: operation('read', {
      operationId: 'listTracks',
      summary: 'Lists tracks',
      parameters: [
        query('search', text, 'Words that must all occur in title, artist, album or file name'),
        query(
          'sort',
          { type: 'string', enum: ['title', 'artist', 'album', 'added', 'seconds'] },
          'The order; else title',
        ),
        query('descending', { type: 'boolean' }, 'The other way round'),
        query('offset', whole, 'Leave out so many'),
        query('limit', { type: 'integer', minimum: 1, maximum: 1000 }, 'No more than so many; else 100'),
      ],
      responses: { 200: json('TrackPage', 'A page of tracks'), ...problems(422) },
    }),
    post: operation('write', {
      operationId: 'addTrack',
      summary: 'Learns a song',
      description: 'Tags are read from the file; those that are given here are preferred.',
      parameters: [
        query('title', text, 'Title'),
        query('artist', text, 'Artist'),
        query('album', text, 'Album'),
        query('year', whole, 'Year'),
        query('trackNumber', whole, 'Number on the album'),
        query('fileName', text, 'Name of the file'),
        query('limitSeconds', { type: 'number', minimum: 1 }, 'Learn only so much from the start'),
        query('evenIfSimilar', { type: 'boolean' }, 'Keep a recording that is there already in another file'),
      ],
      requestBody: bytes('application/octet-stream', 'A sound or video file'),
      responses: {
        200: json('Added', 'It was there already'),
        201: json('Added', 'It was added'),
        ...problems(411, 413, 415, 422, 429, 503),
      },
    }),
  },
  '/v1/tracks/{id}': {
    get: operation('read', {
      operationId: 'getTrack',
      summary: 'Tells about a track',
      parameters: [trackId],
      responses: { 200: json('Track', 'The track'), ...problems(404) },
    }),
    patch: operation('write', {
      operationId: 'editTrack',
      summary: 'Changes what is said about a track',
      parameters: [trackId],
      requestBody: {
        description: 'What is to change; null deletes',
        required: true,
        content: { 'application/json': { schema: ref('TrackChange') } },
      },
      responses: { 200: json('Track', 'The track as it is now'), ...problems(400, 404, 413, 422) },
    }),
    delete: operation('write', {
      operationId: 'removeTrack',
      summary: 'Removes a track',
      parameters: [trackId],
      responses: { 204: { description: 'It is gone' }, ...problems(404) },
    }),
  },
  '/v1/tracks/{id}/cover': {
    get: operation('read', {
      operationId: 'getCover',
      summary: 'Shows the cover of a track',
      parameters: [trackId],
      responses: {
        200: { description: 'A picture', content: { 'image/*': { schema: { type: 'string', format: 'binary' } } } },
        ...problems(404),
      },
    }),
  },
  '/v1/plays': {
    get: operation('read', {
      operationId: 'listPlays',
      summary: 'Tells what stations played',
      description: 'What "entendu watch" heard; of the last seven days, unless asked otherwise.',
      parameters: [
        query('from', text, 'From this day or moment on, ISO 8601'),
        query('until', text, 'Before this day or moment'),
        query('station', text, 'Of this station only'),
        query('track', whole, 'Of this track only'),
        query('group', { type: 'string', enum: ['song'] }, 'Count by song and station'),
        query('format', { type: 'string', enum: ['json', 'csv'] }, 'How it is told; else json'),
        query('offset', whole, 'Leave out so many'),
        query('limit', { type: 'integer', minimum: 1, maximum: 10_000 }, 'No more than so many; else 1000'),
      ],
      responses: { 200: json('Plays', 'Plays, or songs with how often they were played'), ...problems(422) },
    }),
  },
  '/v1/bundle': {
    get: operation('admin', {
      operationId: 'exportBundle',
      summary: 'Gives the whole library as one file',
      parameters: [query('fileNames', { type: 'boolean' }, 'Take the names of files along')],
      responses: {
        200: { description: 'A bundle', content: { [BUNDLE]: { schema: { type: 'string', format: 'binary' } } } },
      },
    }),
    post: operation('admin', {
      operationId: 'importBundle',
      summary: 'Takes a bundle in',
      description: 'Whole or not at all. Tracks that are there already stay as they are.',
      requestBody: bytes(BUNDLE, 'What the app or "entendu export" wrote'),
      responses: { 200: json('Imported', 'It was taken in'), ...problems(411, 413, 415, 422, 429, 503) },
    }),
  },
};
