import type { Paths } from './describe.ts';
import { json, operation, problems } from './operations.ts';

export const servicePaths: Paths = {
  '/health/live': {
    get: {
      operationId: 'live',
      summary: 'Says that the process runs',
      security: [],
      responses: { 200: json('Live', 'It runs') },
    },
  },
  '/health/ready': {
    get: {
      operationId: 'ready',
      summary: 'Says whether requests can be answered',
      security: [],
      responses: { 200: json('Ready', 'They can'), ...problems(503) },
    },
  },
  '/metrics': {
    get: operation('read', {
      operationId: 'metrics',
      summary: 'Measurements, for Prometheus',
      responses: { 200: { description: 'Measurements', content: { 'text/plain': { schema: { type: 'string' } } } } },
    }),
  },
};
