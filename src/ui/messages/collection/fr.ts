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

  'backup.title': 'Sauvegarde',
  'backup.text': 'Un seul fichier avec tout : chansons, historique, notes et réglages.',
  'backup.last': {
    one: 'Dernière sauvegarde le {date}, avec {count} chanson.',
    other: 'Dernière sauvegarde le {date}, avec {count} chansons.',
  },
  'backup.never': 'Pas encore de sauvegarde.',
  'backup.since': { one: '{count} chanson de différence depuis.', other: '{count} chansons de différence depuis.' },
  'backup.saved': 'Sauvegarde enregistrée, {size}',
  'backup.restore': 'Restaurer une sauvegarde',
  'backup.inside': 'Du {date} : {songs} chansons, {sessions} entrées d’historique.',
  'backup.restore.text':
    'Ce qui manque ici est ajouté, et les réglages deviennent ceux de la sauvegarde. Ce qui est ici reste.',
  'backup.restore.now': 'Restaurer',
  'backup.restored':
    'Restauré : {songs} chansons, {sessions} entrées d’historique. Rechargez pour appliquer les réglages.',
  'backup.reminder': 'Beaucoup de choses ont changé depuis votre dernière sauvegarde.',
  'backup.erase': 'Tout effacer',
  'backup.erase.text':
    'Toutes les chansons, l’historique et les réglages sont retirés de cet appareil. Les fichiers de musique restent.',
  'backup.erase.next': 'Continuer',
  'backup.erase.sure': 'En êtes-vous sûr ? C’est irréversible.',
  'backup.erase.yes': 'Oui, tout effacer',

  'fault.BackupForeign': 'Ce n’est pas une sauvegarde d’Entendu.',

  'install.title': 'Installer',
  'install.done': 'Entendu est installé sur cet appareil.',
  'install.offer': 'S’ouvre comme une autre app, marche sans réseau, et son stockage est plus sûr.',
  'install.ios.share': 'Ouvrez cette page dans Safari et touchez Partager, le carré avec une flèche.',
  'install.ios.add': 'Choisissez « Sur l’écran d’accueil ».',
  'install.ios.open':
    'Touchez « Ajouter » et ouvrez désormais Entendu depuis l’écran d’accueil. Sa bibliothèque y est distincte : emportez vos chansons avec une sauvegarde.',
  'install.menu':
    'Dans le menu du navigateur, choisissez « Installer » ou « Ajouter à l’écran d’accueil ». Firefox sur ordinateur ne peut pas l’installer.',

  'settings.keys.help': 'Cette aide',
  'settings.keys.move': 'Dans la liste : monter et descendre, sélectionner avec Maj',
  'settings.keys.all': 'Dans la liste : tout sélectionner',
  'settings.keys.open': 'Dans la liste : ouvrir la chanson',
  'settings.keys.delete': 'Dans la liste : supprimer la sélection',

  'import.row.excerpt': 'est un extrait de « {title} », que vous avez',
  'import.row.contains': 'contient « {title} », que vous avez',

  'charts.title': 'Statistiques',
  'charts.days': 'Réponses de chacun des 30 derniers jours',
  'charts.most': 'au plus {count} par jour',
  'charts.songs': 'Chansons les plus entendues',
  'charts.artists': 'Artistes les plus entendus',

  'fault.AddressElsewhere': 'L’adresse mène à un autre site. Abonnez-vous de nouveau pour l’autoriser.',
  'fault.CatalogueForeign': 'Il n’y a pas de catalogue Entendu à cette adresse.',
  'fault.CatalogueDamaged':
    'Le catalogue est endommagé. Ce qui n’allait pas n’a pas été repris ; les morceaux déjà là restent.',
  'fault.CatalogueNewer':
    'Le catalogue vient d’une version plus récente d’Entendu. Rechargez cette page pour mettre à jour.',
  'fault.CatalogueOlder': 'Le catalogue est plus ancien que ce qui est ici. Rien n’a été changé.',
  'fault.CatalogueKeyChanged':
    'Le catalogue n’est plus signé avec sa clé ; rien n’a donc été changé. Renseignez-vous auprès de qui le publie ; si la nouvelle clé est la bonne, désabonnez-vous puis abonnez-vous de nouveau.',
  'fault.CatalogueUnchecked':
    'Le catalogue est signé, mais ce navigateur ne sait pas vérifier les signatures. Mettez-le à jour.',
  'fault.CatalogueGone': 'Vous n’êtes plus abonné à ce catalogue.',
};
