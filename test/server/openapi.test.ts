/** Every answer that the description names is asked for, and looks as described; and no answer is left out. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { analyse } from '../../src/engine/clips/analyse.ts';
import { packClip } from '../../src/engine/clips/clip-bytes.ts';
import { describeService } from '../../src/server/api/describe.ts';
import { FRONT_PATHS } from '../../src/server/http/routes/front-routes.ts';
import { fixture } from '../support/fixture.ts';
import { stretchOf } from '../support/folder.ts';
import { kernelModule } from '../support/kernel.ts';
import { music } from '../support/music.ts';
import { wav } from '../support/recording.ts';
import { wrongIn } from './schema-check.ts';
import { serviceHere, songs } from './service-here.ts';

const { paths, components } = describeService();
let here: Awaited<ReturnType<typeof serviceHere>>;
let bundle: Blob;
let clipPeaks: Uint8Array;
let coverId: number;

beforeAll(async () => {
  here = await serviceHere({ limits: { clipBytes: 2 ** 20, recordingBytes: 2 ** 21 } });
  bundle = await here.client('admin').exportBundle();
  clipPeaks = await packClip(analyse(kernelModule, stretchOf(songs[0].sound, 3, 6)));
  for (const title of ['Alder', 'Alder', '=Birch']) here.service.plays.add(playOf(title));
  coverId = (await here.client('write').addTrack(fixture('paper-kites.m4a'))).track.id;
});
afterAll(() => here.close());

const playOf = (title: string) => ({
  station: 'One',
  began: '2026-11-26T10:00:00.000Z',
  seconds: 180,
  track: { title, id: 1 },
  trackSeconds: 0,
  confidence: 1,
  speed: 1,
});
const wavOf = (sound: { samples: Float32Array; sampleRate: number }) =>
  Uint8Array.from(wav(sound.samples, sound.sampleRate));
const clip = () => wavOf(stretchOf(songs[0].sound, 3, 6));
const text = () => new TextEncoder().encode('Milk, eggs');
const tooMuch = () => new Uint8Array(9 * 2 ** 20);

interface Asked {
  path?: string;
  body?: BodyInit;
  token?: string;
  /** What is different in the service meanwhile. */
  while?: 'full' | 'stopping' | 'opening' | 'open';
}
type Case = () => Asked;

/** What every upload may meet. */
const uploads = (good: () => BodyInit, scope: string, path: string): Record<string, Case> => ({
  200: () => ({ body: good() }),
  401: () => ({ token: '' }),
  403: () => (scope === 'read' ? { while: 'open' } : { token: 'read' }),
  411: () => ({}),
  413: () => ({ body: tooMuch() }),
  415: () => ({ body: text() }),
  422: () => ({ path: `${path}?sure=7&year=x`, body: Uint8Array.from(clip().slice(0, 30)) }),
  429: () => ({ body: good(), while: 'full' }),
  503: () => ({ body: good(), while: 'stopping' }),
});
const track = (status: number): Asked => ({ path: status === 404 ? '/v1/tracks/999' : '/v1/tracks/1' });

const cases: Record<string, Record<string, Case>> = {
  'post /v1/recognize': uploads(clip, 'read', '/v1/recognize'),
  'post /v1/recognize/print': uploads(() => Uint8Array.from(clipPeaks), 'read', '/v1/recognize/print'),
  'post /v1/tracklist': uploads(clip, 'read', '/v1/tracklist'),
  'post /v1/listen': {
    200: () => ({ path: '/v1/listen?rate=11025', body: clip() }),
    401: () => ({ token: '' }),
    403: () => ({ while: 'open' }),
    422: () => ({ path: '/v1/listen?rate=1', body: clip() }),
    503: () => ({ body: clip(), while: 'stopping' }),
  },
  'get /v1/tracks': {
    200: () => ({}),
    401: () => ({ token: '' }),
    403: () => ({ while: 'open' }),
    422: () => ({ path: '/v1/tracks?sort=colour' }),
  },
  'post /v1/tracks': {
    ...uploads(() => wavOf(songs[0].sound), 'write', '/v1/tracks'),
    201: () => ({ path: '/v1/tracks?title=Fir', body: wavOf(music(15, 11025, 40)) }),
  },
  'get /v1/tracks/{id}': {
    200: () => track(200),
    401: () => ({ token: '' }),
    403: () => ({ while: 'open' }),
    404: () => track(404),
  },
  'patch /v1/tracks/{id}': {
    200: () => ({ ...track(200), body: '{"album": "Woods"}' }),
    400: () => ({ ...track(200), body: '{' }),
    401: () => ({ token: '' }),
    403: () => ({ token: 'read' }),
    404: () => ({ ...track(404), body: '{}' }),
    413: () => ({ ...track(200), body: `{"title": "${'x'.repeat(20_000)}"}` }),
    422: () => ({ ...track(200), body: '{"colour": 1}' }),
  },
  'delete /v1/tracks/{id}': {
    204: () => ({ path: '/v1/tracks/3' }),
    401: () => ({ token: '' }),
    403: () => ({ token: 'read' }),
    404: () => track(404),
  },
  'get /v1/tracks/{id}/cover': {
    200: () => ({ path: `/v1/tracks/${coverId}/cover` }),
    401: () => ({ token: '' }),
    403: () => ({ while: 'open' }),
    404: () => ({ path: '/v1/tracks/1/cover' }),
  },
  'get /v1/plays': {
    200: () => ({ path: '/v1/plays?from=2026-11-01&until=2026-12-01' }),
    401: () => ({ token: '' }),
    403: () => ({ while: 'open' }),
    422: () => ({ path: '/v1/plays?from=yesterday' }),
  },
  'get /v1/bundle': { 200: () => ({}), 401: () => ({ token: '' }), 403: () => ({ token: 'write' }) },
  'post /v1/bundle': {
    ...uploads(() => bundle, 'admin', '/v1/bundle'),
    422: () => ({ body: bundle.slice(0, 400) }),
  },
  'get /health/live': { 200: () => ({ token: '' }) },
  'get /health/ready': { 200: () => ({ token: '' }), 503: () => ({ token: '', while: 'opening' }) },
  'get /metrics': { 200: () => ({}), 401: () => ({ token: '' }), 403: () => ({ while: 'open' }) },
};

const described = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).flatMap(([method, { responses }]) =>
    Object.entries(responses).map(([status, response]) => ({
      name: `${method} ${path}`,
      status,
      response,
      path,
      method,
    })),
  ),
);

test('each answer that is described has a request, and each request is described', () => {
  const asked = Object.entries(cases).flatMap(([name, all]) => Object.keys(all).map((status) => `${name} ${status}`));
  expect(asked.sort()).toEqual(described.map(({ name, status }) => `${name} ${status}`).sort());
});

test('a front describes what it has', () => {
  expect(Object.keys(describeService(FRONT_PATHS).paths)).toEqual(FRONT_PATHS);
});

test('names of operations differ, and all that is referred to is there', () => {
  const names = Object.values(paths).flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId));
  expect(new Set(names).size).toBe(names.length);
  const refs = [...JSON.stringify(describeService()).matchAll(/#\/components\/schemas\/(\w+)/g)].map(
    ([, name]) => name,
  );
  expect(refs.filter((name) => !(name in components.schemas))).toEqual([]);
});

test.each(described)('$name answers $status', async ({ name, status, response, path, method }) => {
  const { path: asked = path.replace('{id}', '1'), body, token = 'admin', while: state } = cases[name][status]();
  const undo = during(state);
  const answer = await here.app.request(asked, { method: method.toUpperCase(), body, headers: headersFor(token) });
  undo();
  expect(answer.status, await answer.clone().text()).toBe(Number(status));
  const { content } = response as { content?: Record<string, { schema: Record<string, unknown> }> };
  if (!content) return expect(await answer.text()).toBe('');
  const [[type, { schema }]] = Object.entries(content);
  expect(answer.headers.get('Content-Type')).toMatch(new RegExp(`^${type.replace('*', '.*').replace('+', '\\+')}`));
  if (type.endsWith('json')) expect(wrongIn(await answer.json(), schema, components.schemas)).toEqual([]);
  else expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(0);
});

/** They say that a page of another site asks, which counts only without tokens. */
function headersFor(token: string): Record<string, string> {
  const origin = { Origin: 'https://elsewhere.example' };
  const secret = here.secrets[token as keyof typeof here.secrets];
  return secret ? { ...origin, Authorization: `Bearer ${secret}` } : origin;
}

function during(state: Asked['while']): () => void {
  const { load, service } = here;
  if (state === 'full') load.waiting = load.most;
  if (state === 'opening') load.isReady = false;
  const { stopping, tokens } = service;
  if (state === 'open') service.tokens = undefined;
  if (state === 'stopping') {
    service.stopping = new AbortController();
    service.stopping.abort();
  }
  return () => {
    load.waiting = 0;
    load.isReady = true;
    Object.assign(service, { stopping, tokens });
  };
}

test('plays are counted by song, and come as CSV', async () => {
  const ask = { from: '2026-11-26', until: '2026-11-27' };
  expect(await here.client('read').plays(ask)).toMatchObject({ total: 3 });
  expect(await here.client('read').songPlays({ ...ask, limit: 1 })).toMatchObject({
    total: 2,
    songs: [{ track: { title: 'Alder' }, plays: 2, seconds: 360 }],
  });
  expect(await here.client('read').plays({ ...ask, station: 'Two' })).toMatchObject({ total: 0 });
  const headers = { Authorization: `Bearer ${here.secrets.read}` };
  const csv = await here.app.request('/v1/plays?from=2026-11-26&until=2026-11-27&format=csv&group=song', { headers });
  expect(csv.headers.get('Content-Type')).toContain('text/csv');
  expect(await csv.text()).toContain(",'=Birch,");
});
