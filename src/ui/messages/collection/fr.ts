/** French, the words for looking after a collection. */
import type { CollectionTable } from '../messages.ts';

export const frCollection: CollectionTable = {
  'bundle.open.more': { one: 'et une autre', other: 'et {count} autres' },
  'bundle.open.none': 'Vous avez déjà tout.',

  'import.done.none': 'Aucune nouvelle chanson',

  'track.year.wrong': 'Une année compte jusqu’à quatre chiffres, par exemple 1987.',

  'library.sort.year': 'Année',
  'library.columns': 'Colonnes',
  'library.detail': 'Détails',
  'library.detail.close': 'Fermer les détails',
  'library.view': 'Afficher',
  'library.view.songs': 'Chansons',
  'library.view.artists': 'Artistes',
  'library.view.albums': 'Albums',
  'library.groups.none': 'Aucune chanson ne l’indique encore. Modifiez-en une pour l’ajouter.',
  'library.groups.notFound': 'Rien trouvé.',
  'library.playlist': 'Enregistrer comme liste de lecture (M3U)',
  'library.playlist.none': 'Les fichiers de ces chansons ne sont pas connus.',
  'library.edit.many': { one: 'Modifier {count} chanson', other: 'Modifier {count} chansons' },
  'library.edit.hint': 'Ce que vous remplissez vaut pour toutes.',
  'library.edit.unchanged': 'inchangé',
  'library.edit.pattern': 'D’après les noms de fichiers, selon un modèle',
  'library.edit.fits': {
    one: '{count} nom de fichier sur {total} correspond.',
    other: '{count} noms de fichiers sur {total} correspondent.',
  },

  'history.latest': 'Entendu récemment',
  'history.latest.none': 'Les réponses apparaissent ici.',

  'duplicates.title': 'Doublons',
  'duplicates.text':
    'Trouve le même enregistrement en double, les extraits et la musique que deux chansons partagent. Toutes les chansons sont examinées ; cela prend quelques minutes dans une grande bibliothèque.',
  'duplicates.find': 'Chercher les doublons',
  'duplicates.stop': 'Arrêter',
  'duplicates.progress': '{done} chansons sur {total} comparées',
  'duplicates.none': 'Aucune chanson ne partage de musique avec une autre.',
  'duplicates.found': { one: '{count} paire trouvée', other: '{count} paires trouvées' },
  'duplicates.same': 'Le même enregistrement',
  'duplicates.excerpt': 'La seconde fait partie de la première',
  'duplicates.shared': 'Elles partagent {time} de musique',
  'duplicates.stretch': 'de {from} à {to}',
  'duplicates.keep': 'Ne garder que celle-ci',
  'duplicates.keepOne': 'Ne garder que « {title} »',
  'duplicates.both': 'Garder les deux',
  'duplicates.never': 'Garder les deux et ne plus demander',
};
