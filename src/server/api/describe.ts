/** The OpenAPI 3.1 description of the service. Written by hand; test/server/openapi.test.ts requests every answer named here. */
import { version } from '../../../package.json';
import { libraryPaths } from './library-paths.ts';
import type { Operation } from './operations.ts';
import { recognizePaths } from './recognize-paths.ts';
import { schemas } from './schemas.ts';
import { servicePaths } from './service-paths.ts';

export type Paths = Record<string, Partial<Record<'get' | 'post' | 'patch' | 'delete', Operation>>>;

/** `only`: the paths that are there, if not all are. */
export function describeService(only?: string[]) {
  const all: Paths = { ...recognizePaths, ...libraryPaths, ...servicePaths };
  const paths = only ? Object.fromEntries(only.flatMap((path) => (all[path] ? [[path, all[path]]] : []))) : all;
  return {
    openapi: '3.1.0',
    info: {
      title: 'Entendu service',
      version,
      summary: 'Names the music in a sound, from a library of your own',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    security: [{ token: [] }],
    paths,
    components: {
      schemas,
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: '"entendu token add NAME --scope read" makes one.' },
      },
    },
  };
}
