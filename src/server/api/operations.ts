/** Building blocks of the description. */
import { ref, type Schema } from './schemas.ts';

export interface Operation {
  summary: string;
  description?: string;
  operationId: string;
  parameters?: Schema[];
  requestBody?: Schema;
  responses: Record<string, Schema>;
  security?: Schema[];
  /** The required scope of the token. */
  'x-scope'?: 'read' | 'write' | 'admin';
}

export const json = (name: string, description: string): Schema => ({
  description,
  content: { 'application/json': { schema: ref(name) } },
});

const problem = (description: string): Schema => ({
  description,
  content: { 'application/problem+json': { schema: ref('Problem') } },
});

const PROBLEMS: Record<number, string> = {
  400: 'The body is not JSON.',
  401: 'No token, or one that is not known.',
  403: 'The token has a lower scope.',
  404: 'There is no such track.',
  411: 'Nothing was sent.',
  413: 'More was sent than is taken here.',
  415: 'Not a sound or video file of a known kind.',
  422: 'A parameter is wrong, or what was sent is damaged, empty or without sound.',
  429: 'More is asked than can be answered. Try again after the time in Retry-After.',
  503: 'The library is being opened, or the service stops.',
};

export const problems = (...statuses: number[]): Record<string, Schema> =>
  Object.fromEntries(statuses.map((status) => [String(status), problem(PROBLEMS[status])]));

export const query = (name: string, schema: Schema, description: string): Schema => ({
  name,
  in: 'query',
  schema,
  description,
});

export const trackId: Schema = {
  name: 'id',
  in: 'path',
  required: true,
  schema: { type: 'integer', minimum: 1 },
  description: 'Number of the track',
};

export const bytes = (type: string, description: string): Schema => ({
  description,
  required: true,
  content: { [type]: { schema: { type: 'string', format: 'binary' } } },
});

export const bareParameters: Schema[] = [
  query('rate', { type: 'number' }, 'The body is bare samples, little-endian, so many a second'),
  query('channels', { type: 'integer', minimum: 1, maximum: 64 }, 'Channels of bare samples; else 1'),
  query(
    'encoding',
    { type: 'string', enum: ['s16', 'u8', 's8', 's24', 's32', 'f32', 'f64', 'ulaw', 'alaw'] },
    'How bare samples are written; else s16',
  ),
];

export const sureParameter = query(
  'sure',
  { type: 'number', minimum: 0, maximum: 1 },
  'Lowest probability that is an answer',
);
export const topParameter = query(
  'top',
  { type: 'integer', minimum: 1, maximum: 100 },
  'How many answers and other candidates to name; else 5',
);

/** Adds the problems that can occur in every call. */
export function operation(scope: Operation['x-scope'], parts: Omit<Operation, 'x-scope'>): Operation {
  return { ...parts, 'x-scope': scope, responses: { ...parts.responses, ...problems(401, 403) } };
}
