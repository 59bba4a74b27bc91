/** Japanese, the words for looking after a collection. */
import type { CollectionTable } from '../messages.ts';

export const jaCollection: CollectionTable = {
  'bundle.open.more': { other: 'ほか {count} 曲' },
  'bundle.open.none': 'すべてすでにあります。',

  'import.done.none': '新しい曲はありません',

  'track.year.wrong': '年は 1987 のように 4 桁までの数字です。',

  'library.sort.year': '年',
  'library.columns': '列',
  'library.detail': '詳細',
  'library.detail.close': '詳細を閉じる',
  'library.view': '表示',
  'library.view.songs': '曲',
  'library.view.artists': 'アーティスト',
  'library.view.albums': 'アルバム',
  'library.groups.none': 'まだどの曲にも書かれていません。曲を編集して加えてください。',
  'library.groups.notFound': '見つかりませんでした。',
  'library.playlist': 'プレイリストとして保存 (M3U)',
  'library.playlist.none': 'これらの曲のファイルがわかりません。',
  'library.edit.many': { other: '{count} 曲を編集' },
  'library.edit.hint': '入力した内容がすべての曲に設定されます。',
  'library.edit.unchanged': 'そのまま',
  'library.edit.pattern': 'ファイル名からパターンで',
  'library.edit.fits': { other: '{total} 件中 {count} 件のファイル名が一致します。' },

  'history.latest': '最近聴いた曲',
  'history.latest.none': 'ここに結果が表示されます。',

  'duplicates.title': '重複',
  'duplicates.text':
    '同じ録音の重なり、抜粋、2 曲に共通する音楽を見つけます。すべての曲を調べるため、大きなライブラリでは数分かかります。',
  'duplicates.find': '重複を探す',
  'duplicates.stop': '停止',
  'duplicates.progress': '{total} 曲中 {done} 曲を比較しました',
  'duplicates.none': '音楽を共有する曲はありません。',
  'duplicates.found': { other: '{count} 組見つかりました' },
  'duplicates.same': '同じ録音',
  'duplicates.excerpt': '2 曲目は 1 曲目の一部です',
  'duplicates.shared': '{time} の音楽が共通です',
  'duplicates.stretch': '{from} から {to}',
  'duplicates.keep': 'これだけ残す',
  'duplicates.keepOne': '「{title}」だけ残す',
  'duplicates.both': '両方残す',
  'duplicates.never': '両方残して今後は尋ねない',
};
