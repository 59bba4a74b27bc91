/** Japanese, the words for looking after a collection. */
import type { CollectionTable } from '../messages.ts';

export const jaCollection: CollectionTable = {
  'bundle.open.more': { other: 'ほか {count} 曲' },
  'bundle.open.none': 'すべてすでにあります。',

  'import.done.none': '新しい曲はありません',

  'track.year.wrong': '年は 1987 のように 4 桁までの数字です。',

  'library.sort.year': '年',
};
