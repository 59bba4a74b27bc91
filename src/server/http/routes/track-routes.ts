/** The tracks of the library: list, add, change, remove. */
import { Hono } from 'hono';
import { UserError } from '../../../errors.ts';
import type { Tags } from '../../../types.ts';
import type { AddedAnswer } from '../../answers.ts';
import type { Service } from '../../service.ts';
import type { LearnAnswer } from '../../workers/jobs.ts';
import { needs } from '../access.ts';
import { Problem } from '../problem.ts';
import { choiceOf, flagOf, numberOf, trackIdOf } from '../query-values.ts';
import { refuseOtherKinds } from '../sound-kinds.ts';
import { readTags, tagsOf } from '../track-tags.ts';
import { withUpload } from '../upload.ts';

const SORTS = ['title', 'artist', 'album', 'added', 'seconds'] as const;
const PAGE = 100;
const MOST_NAME = 255;

export function trackRoutes(service: Service): Hono {
  const { library, limits } = service;
  const routes = new Hono();
  const [read, write] = [needs(service, 'read'), needs(service, 'write')];

  const theTrack = async (id: number) => {
    const track = await library.track(id);
    if (!track) throw Problem.unknown(`There is no track ${id}. GET /v1/tracks lists them.`);
    return track;
  };

  routes.get('/', read, async (c) => {
    const page = await library.tracks({
      search: c.req.query('search'),
      sort: choiceOf(c, 'sort', SORTS),
      descending: flagOf(c, 'descending'),
      offset: numberOf(c, 'offset', { whole: true }),
      limit: numberOf(c, 'limit', { least: 1, most: 1000, whole: true }) ?? PAGE,
    });
    return c.json({ total: page.total, tracks: page.rows });
  });

  routes.post('/', write, async (c) => {
    const tags = tagsOf(c);
    const limitSeconds = numberOf(c, 'limitSeconds', { least: 1, most: 86_400 });
    const name = (c.req.query('fileName') ?? 'upload').replace(/[\p{Cc}/\\]/gu, '').slice(0, MOST_NAME) || 'upload';
    const answer = await withUpload(c, service, limits.recordingBytes, async ({ path }) => {
      await refuseOtherKinds(path);
      const lesson = await service.workers.run('learn', { path, name, limitSeconds }, { signal: c.req.raw.signal });
      return added(service, lesson, tags, flagOf(c, 'evenIfSimilar'));
    });
    c.header('Location', `/v1/tracks/${answer.track.id}`);
    return c.json(answer, answer.state === 'added' ? 201 : 200);
  });

  routes.get('/:id', read, async (c) => c.json(await theTrack(trackIdOf(c))));

  routes.get('/:id/cover', read, async (c) => {
    const cover = await library.cover((await theTrack(trackIdOf(c))).id);
    if (!cover) throw Problem.unknown('This track has no cover.');
    return c.body(await cover.arrayBuffer(), 200, { 'Content-Type': cover.type });
  });

  routes.patch('/:id', write, async (c) => {
    const { id } = await theTrack(trackIdOf(c));
    await library.edit(id, await readTags(c));
    return c.json(await theTrack(id));
  });

  routes.delete('/:id', write, async (c) => {
    const { id } = await theTrack(trackIdOf(c));
    await library.remove([id]);
    return c.body(null, 204);
  });
  return routes;
}

async function added(
  { library }: Service,
  lesson: LearnAnswer,
  tags: Partial<Tags>,
  evenIfSimilar: boolean,
): Promise<AddedAnswer> {
  if ('known' in lesson) return { state: 'known', track: lesson.known };
  const { learnt, cover, endsEarly } = lesson;
  const print = Uint8Array.from(learnt.print);
  const picture = cover && new Blob([Uint8Array.from(cover.bytes)], { type: cover.type });
  const { state, track } = await library.add(
    { ...learnt, print, tags: { ...learnt.tags, ...tags }, cover: picture },
    { evenIfSimilar },
  );
  if (!track) throw new UserError('LibraryDamaged', 'The library took nothing in.');
  return { state, track, ...(endsEarly && { endsEarly }) };
}
