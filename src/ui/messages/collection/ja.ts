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

  'backup.title': 'バックアップ',
  'backup.text': '曲、履歴、メモ、設定のすべてが一つのファイルに入ります。',
  'backup.last': { other: '前回のバックアップ: {date}、{count} 曲。' },
  'backup.never': 'まだバックアップはありません。',
  'backup.since': { other: 'その後の増減は {count} 曲です。' },
  'backup.saved': 'バックアップを保存しました、{size}',
  'backup.restore': 'バックアップを復元',
  'backup.inside': '{date} 作成: {songs} 曲、履歴 {sessions} 件。',
  'backup.restore.text': 'ここにないものが加わり、設定はバックアップのものになります。今あるものはそのまま残ります。',
  'backup.restore.now': '復元',
  'backup.restored': '復元しました: {songs} 曲、履歴 {sessions} 件。設定を使うには再読み込みしてください。',
  'backup.reminder': '前回のバックアップから多くが変わりました。',
  'backup.erase': 'すべて消去',
  'backup.erase.text': 'すべての曲、履歴、設定がこの端末から消えます。音楽ファイル自体は残ります。',
  'backup.erase.next': '続ける',
  'backup.erase.sure': '本当に消去しますか。元に戻せません。',
  'backup.erase.yes': 'はい、すべて消去',

  'fault.BackupForeign': 'Entendu のバックアップではありません。',

  'install.title': 'インストール',
  'install.done': 'この端末にインストールされています。',
  'install.offer': '他のアプリと同じように開き、ネットなしで動き、保存がより安全になります。',
  'install.ios.share': 'このページを Safari で開き、共有 (矢印のついた四角) をタップします。',
  'install.ios.add': '「ホーム画面に追加」を選びます。',
  'install.ios.open':
    '「追加」をタップし、以後はホーム画面から開きます。ライブラリは別になるので、バックアップで曲を移してください。',
  'install.menu':
    'ブラウザのメニューで「インストール」または「ホーム画面に追加」を選びます。パソコンの Firefox ではできません。',

  'settings.keys.help': 'このヘルプ',
  'settings.keys.move': '一覧で上下に移動、Shift で選択',
  'settings.keys.all': '一覧ですべて選択',
  'settings.keys.open': '一覧で曲を開く',
  'settings.keys.delete': '一覧で選択したものを削除',

  'import.row.excerpt': 'すでにある「{title}」の一部です',
  'import.row.contains': 'すでにある「{title}」を含みます',

  'charts.title': 'グラフ',
  'charts.days': '過去 30 日間の日ごとの結果',
  'charts.most': '1 日最多 {count} 件',
  'charts.songs': 'よく聴いた曲',
  'charts.artists': 'よく聴いたアーティスト',

  'fault.AddressElsewhere': 'このアドレスは別のサイトに転送されます。許可するには、もう一度購読してください。',
  'fault.CatalogueForeign': 'このアドレスに Entendu のカタログはありません。',
  'fault.CatalogueDamaged':
    'カタログが壊れています。正しくない部分は取り込まれませんでした。すでにある曲はそのままです。',
  'fault.CatalogueNewer':
    'このカタログは新しいバージョンの Entendu で作られました。ページを再読み込みして更新してください。',
  'fault.CatalogueOlder': 'カタログが、ここにあるものより古くなっています。何も変更しませんでした。',
  'fault.CatalogueKeyChanged':
    'カタログの署名が以前の鍵と一致しないため、何も変更しませんでした。発行者に確認し、新しい鍵が正しければ、購読を解除してからもう一度購読してください。',
  'fault.CatalogueUnchecked':
    'カタログは署名されていますが、このブラウザーは署名を確認できません。ブラウザーを更新してください。',
  'fault.CatalogueGone': 'このカタログの購読は解除されています。',
};
