/** What `docs/deploy` says of the service exists: metrics, their labels, and the options of commands. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Histogram, type Metric } from 'prom-client';
import { expect, test } from 'vitest';
import { serve } from '../../src/cli/commands/serve.ts';
import { createMetrics } from '../../src/server/metrics.ts';

const read = (name: string) => readFileSync(join(resolve(import.meta.dirname, '../../docs/deploy'), name), 'utf8');
const load = () => ({ busy: 0, size: 1, waiting: 0, most: 8, isReady: true });
const { registry } = createMetrics({ load } as Parameters<typeof createMetrics>[0], async () => ({}) as never);
const metrics = new Map(
  (registry.getMetricsAsArray() as unknown as (Metric & { name: string; labelNames: string[] })[]).map((metric) => [
    metric.name,
    metric,
  ]),
);

interface Panel {
  title: string;
  targets: { expr: string }[];
}
const { panels } = JSON.parse(read('grafana.json')) as { panels: Panel[] };
const expressions = panels.flatMap(({ title, targets }) => targets.map(({ expr }) => ({ title, expr })));

test.each(expressions)('the panel "$title" asks for metrics that there are: $expr', ({ expr }) => {
  const labels = [...expr.matchAll(/by \(([^)]*)\)/g)].flatMap(([, names]) => names.split(/,\s*/));
  labels.push(...[...expr.matchAll(/(\w+)(?:!?=~?)"/g)].map(([, name]) => name));
  const asked = [...expr.matchAll(/\b(?:entendu|process|nodejs)_\w+/g)].map(([name]) => name);
  expect(asked.length).toBeGreaterThan(0);
  for (const name of asked) {
    const [, ofHistogram] = /^(.*)_(?:count|sum|bucket)$/.exec(name) ?? [];
    const metric = metrics.get(ofHistogram ?? name);
    expect(metric, name).toBeDefined();
    expect(metric instanceof Histogram).toBe(ofHistogram !== undefined);
    expect([...(metric?.labelNames ?? []), 'le']).toEqual(expect.arrayContaining(labels));
  }
});

test.each(['kubernetes.yaml', 'kubernetes-shards.yaml'])('%s scales on a metric that there is', (name) => {
  const [, metric] = /metric: \{ name: (\w+) \}/.exec(read(name)) ?? [];
  expect([...metrics.keys()]).toContain(metric);
});

test.each(['kubernetes.yaml', 'kubernetes-shards.yaml', 'compose-shards.yaml', 'Dockerfile'])(
  '%s starts the service with options that it has',
  (name) => {
    const known = [...Object.keys(serve.options), 'library'];
    const commands = read(name)
      .split('\n')
      .filter((line) => !/^\s*(#|RUN|HEALTHCHECK)/.test(line))
      .join('\n');
    const asked = [...commands.matchAll(/--([a-z][a-z-]+)/g)].map(([, option]) => option);
    expect(asked.filter((option) => !known.includes(option) && !DOCKER.includes(option))).toEqual([]);
    expect(asked).toContain('host');
  },
);

/** Of the Dockerfile itself. */
const DOCKER = ['from'];
