import type { Paths } from './describe.ts';
import { bareParameters, bytes, json, operation, problems, query, sureParameter, topParameter } from './operations.ts';

const sound = bytes('application/octet-stream', 'A sound or video file, or bare samples with ?rate=');

export const recognizePaths: Paths = {
  '/v1/recognize': {
    post: operation('read', {
      operationId: 'recognize',
      summary: 'Names what a clip is',
      description:
        'A clip of more than half a minute is gone through in windows until something is recognised. Offsets are those of its beginning.',
      parameters: [
        topParameter,
        sureParameter,
        query('seconds', { type: 'number', minimum: 0.5, maximum: 600 }, 'Listen to no more than this; else 60'),
        ...bareParameters,
      ],
      requestBody: sound,
      responses: { 200: json('Recognition', 'What it is'), ...problems(411, 413, 415, 422, 429, 503) },
    }),
  },
  '/v1/recognize/print': {
    post: operation('read', {
      operationId: 'recognizePrint',
      summary: 'Names a clip whose peaks the caller has made',
      description:
        'The sound stays where it was heard: the body is what packClip made of it with the kernel of the package entendu, a minute at most.',
      parameters: [topParameter, sureParameter],
      requestBody: bytes('application/vnd.entendu.clip', 'Peaks and prominence map of a clip'),
      responses: { 200: json('Recognition', 'What it is'), ...problems(411, 413, 415, 422, 429, 503) },
    }),
  },
  '/v1/tracklist': {
    post: operation('read', {
      operationId: 'tracklist',
      summary: 'Names everything in a long recording',
      parameters: [sureParameter, ...bareParameters],
      requestBody: sound,
      responses: {
        200: json('Tracklist', 'What is in it, from when to when'),
        ...problems(411, 413, 415, 422, 429, 503),
      },
    }),
  },
  '/v1/listen': {
    post: operation('read', {
      operationId: 'listen',
      summary: 'Names what a stream plays while it plays',
      description:
        'Send the stream as the body, as long as it lasts. Events come back meanwhile: "state" once a second and at every change, "played" for each track as soon as it is over (a minute after its end, if nothing follows), "end", or "problem".',
      parameters: [sureParameter, ...bareParameters],
      requestBody: bytes(
        'application/octet-stream',
        'Sound of any kind that can be read from the front, or bare samples',
      ),
      responses: {
        200: { description: 'Server-sent events', content: { 'text/event-stream': { schema: { type: 'string' } } } },
        ...problems(422, 503),
      },
    }),
  },
};
