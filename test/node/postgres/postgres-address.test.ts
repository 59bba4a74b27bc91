import { expect, test } from 'vitest';
import { parseAddress, parseShards, withShard } from '../../../src/node/postgres/postgres-address.ts';
import { frontAddress, parseFront } from '../../../src/node/shards/front-address.ts';

test('an address names hosts, a database and shards, and is shown without its password', () => {
  expect(parseAddress('postgres://ann:secret@first:5433,second/music?sslmode=require&shard=3')).toEqual({
    urls: [
      'postgres://ann:secret@first:5433/music?sslmode=require',
      'postgres://ann:secret@second/music?sslmode=require',
    ],
    shard: 3,
    shown: 'postgres://first:5433,second/music?shard=3',
  });
  expect(parseAddress('postgres://host/music?shards=0-2').shards).toEqual([0, 1, 2]);
  expect(withShard('postgres://host/music?shards=0-2&sslmode=require', 5)).toBe(
    'postgres://host/music?sslmode=require&shard=5',
  );
});

test('lists of shards are read, and what is none is refused', () => {
  expect(parseShards('5, 0-2,1')).toEqual([0, 1, 2, 5]);
  for (const text of ['', '3-1', 'x', '-1', '0-9999999', '1,,2'])
    expect(() => parseShards(text)).toThrow('no list of shards');
});

test('the address of a front holds what it needs', () => {
  const front = { addresses: ['http://a:1', 'https://b'], waitSeconds: 3, shards: [0, 1] };
  expect(parseFront(frontAddress(front))).toEqual(front);
  expect(() => parseFront('http://a,nowhere')).toThrow('no address of a matcher');
});
