/** French, the words for looking after a collection. */
import type { CollectionTable } from '../messages.ts';

export const frCollection: CollectionTable = {
  'bundle.open.more': { one: 'et un autre', other: 'et {count} autres', many: 'et {count} autres' },
  'bundle.open.none': 'Vous avez déjà tout.',

  'import.done.none': 'Aucun nouveau morceau',

  'track.year.wrong': 'Une année compte jusqu’à quatre chiffres, par exemple 1987.',

  'library.sort.year': 'Année',
  'library.columns': 'Colonnes',
  'library.detail': 'Détails',
  'library.detail.close': 'Fermer les détails',
  'library.view': 'Afficher',
  'library.view.songs': 'Morceaux',
  'library.view.artists': 'Artistes',
  'library.view.albums': 'Albums',
  'library.groups.none': 'Aucun morceau ne l’indique encore. Modifiez-en un pour l’ajouter.',
  'library.groups.notFound': 'Rien trouvé.',
  'library.playlist': 'Enregistrer comme liste de lecture (M3U)',
  'library.playlist.none': 'Les fichiers de ces morceaux ne sont pas connus.',
  'library.edit.many': {
    one: 'Modifier {count} morceau',
    other: 'Modifier {count} morceaux',
    many: 'Modifier {count} de morceaux',
  },
  'library.edit.hint': 'Ce que vous remplissez vaut pour tous.',
  'library.edit.unchanged': 'inchangé',
  'library.edit.pattern': 'D’après les noms de fichiers, selon un modèle',
  'library.edit.fits': {
    one: '{count} nom de fichier sur {total} correspond.',
    other: '{count} noms de fichiers sur {total} correspondent.',
    many: '{count} de noms de fichiers sur {total} correspondent.',
  },

  'history.latest': 'Dernières réponses',
  'history.latest.none': 'Les réponses apparaissent ici.',

  'duplicates.title': 'Doublons',
  'duplicates.text':
    'Trouve le même enregistrement en double, les extraits et la musique que deux morceaux partagent. Tous les morceaux sont examinés ; cela prend quelques minutes dans une grande bibliothèque.',
  'duplicates.find': 'Chercher les doublons',
  'duplicates.stop': 'Arrêter',
  'duplicates.progress': '{done} morceaux sur {total} comparés',
  'duplicates.none': 'Aucun morceau ne partage de musique avec un autre.',
  'duplicates.found': {
    one: '{count} paire trouvée',
    other: '{count} paires trouvées',
    many: '{count} de paires trouvées',
  },
  'duplicates.same': 'Le même enregistrement',
  'duplicates.excerpt': 'Le second fait partie du premier',
  'duplicates.shared': 'Ils partagent {time} de musique',
  'duplicates.stretch': 'de {from} à {to}',
  'duplicates.keep': 'Ne garder que celui-ci',
  'duplicates.keepOne': 'Ne garder que « {title} »',
  'duplicates.both': 'Garder les deux',
  'duplicates.never': 'Garder les deux et ne plus demander',

  'backup.title': 'Sauvegarde',
  'backup.text': 'Un seul fichier avec tout : morceaux, historique, notes et réglages.',
  'backup.last': {
    one: 'Dernière sauvegarde le {date}, avec {count} morceau.',
    other: 'Dernière sauvegarde le {date}, avec {count} morceaux.',
    many: 'Dernière sauvegarde le {date}, avec {count} de morceaux.',
  },
  'backup.never': 'Pas encore de sauvegarde.',
  'backup.since': {
    one: '{count} morceau de différence depuis.',
    other: '{count} morceaux de différence depuis.',
    many: '{count} de morceaux de différence depuis.',
  },
  'backup.saved': 'Sauvegarde enregistrée, {size}',
  'backup.restore': 'Restaurer une sauvegarde',
  'backup.inside': 'Du {date} : {songs} morceaux, {sessions} entrées d’historique.',
  'backup.restore.text':
    'Ce qui manque ici est ajouté, et les réglages deviennent ceux de la sauvegarde. Ce qui est ici reste.',
  'backup.restore.now': 'Restaurer',
  'backup.restored':
    'Restauré : {songs} morceaux, {sessions} entrées d’historique. Rechargez pour appliquer les réglages.',
  'backup.reminder': 'Beaucoup de choses ont changé depuis votre dernière sauvegarde.',
  'backup.erase': 'Tout effacer',
  'backup.erase.text':
    'Tous les morceaux, l’historique et les réglages sont retirés de cet appareil. Les fichiers de musique restent.',
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
    'Touchez « Ajouter » et ouvrez désormais Entendu depuis l’écran d’accueil. Sa bibliothèque y est distincte : emportez vos morceaux avec une sauvegarde.',
  'install.menu':
    'Dans le menu du navigateur, choisissez « Installer » ou « Ajouter à l’écran d’accueil ». Firefox sur ordinateur ne peut pas l’installer.',

  'settings.keys.help': 'Cette aide',
  'settings.keys.move': 'Dans la liste : monter et descendre, sélectionner avec Maj',
  'settings.keys.all': 'Dans la liste : tout sélectionner',
  'settings.keys.open': 'Dans la liste : ouvrir le morceau',
  'settings.keys.delete': 'Dans la liste : supprimer la sélection',

  'import.row.excerpt': 'est un extrait de « {title} », que vous avez',
  'import.row.contains': 'contient « {title} », que vous avez',

  'charts.title': 'Statistiques',
  'charts.days': 'Réponses de chacun des 30 derniers jours',
  'charts.most': 'au plus {count} par jour',
  'charts.songs': 'Morceaux les plus entendues',
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

  'catalogue.title': 'Catalogues',
  'catalogue.subscribe': 'S’abonner à un catalogue',
  'catalogue.none': 'Un catalogue est une collection de morceaux publiée par d’autres. Vous n’êtes abonné à aucun.',
  'catalogue.address': 'Adresse du catalogue',
  'catalogue.ask': 'Voir ce qu’il contient',
  'catalogue.ask.hint': 'Entendu demande la liste à {host}. Rien d’autre n’est envoyé.',
  'catalogue.link': 'Un lien vous propose de vous abonner à ce catalogue :',
  'catalogue.inside': {
    one: '{count} morceau, {time}',
    other: '{count} morceaux, {time}',
    many: '{count} de morceaux, {time}',
  },
  'catalogue.fetch': '{size} à télécharger depuis {host}',
  'catalogue.signed': 'Signé avec la clé {key}',
  'catalogue.unsigned': 'Non signé par qui le publie',
  'catalogue.text':
    'Ses morceaux sont reconnus comme les vôtres, même hors ligne, et vous pouvez tous les retirer d’un coup.',
  'catalogue.weekly': 'Chercher de nouveaux morceaux une fois par semaine',
  'catalogue.confirm': 'S’abonner',
  'catalogue.taking': 'Téléchargement de {size}',
  'catalogue.elsewhere': 'L’adresse redirige vers un autre site, {host}. Faut-il s’y adresser ?',
  'catalogue.elsewhere.follow': 'S’adresser à {host}',
  'catalogue.incomplete': 'Pas encore complet. « Chercher de nouveaux morceaux » reprend.',
  'catalogue.checked': 'Dernière vérification le {date}',
  'catalogue.update': 'Chercher de nouveaux morceaux',
  'catalogue.updated': '{name} : {added} ajoutés, {removed} retirés',
  'catalogue.noNews': '{name} : rien de nouveau',
  'catalogue.news': {
    one: '{name} : {count} nouveau morceau',
    other: '{name} : {count} nouveaux morceaux',
    many: '{name} : {count} de nouveaux morceaux',
  },
  'catalogue.leave': 'Se désabonner',
  'catalogue.leave.sure': 'Les morceaux de « {name} » seront supprimés de cet appareil. Les vôtres restent.',
  'catalogue.left': 'Vous n’êtes plus abonné à « {name} »',
  'catalogue.mark': 'd’un catalogue',
  'catalogue.of': 'Catalogue',

  'settings.about.changes': 'Nouveautés',

  'track.cover': 'Pochette',
  'track.cover.hint': 'Collez une image, déposez-la ici, ou choisissez-en une.',
  'track.cover.choose': 'Choisir une image',
  'track.cover.remove': 'Retirer la pochette',
  'track.cover.unreadable': '« {name} » n’est pas une image lisible.',
  'track.heard': 'Entendu',
  'track.heard.times': { one: '{count} fois, la dernière le {date}', other: '{count} fois, la dernière le {date}' },
  'library.sort.heard': 'Entendu',
  'settings.storage.each': 'Un morceau prend environ {size}, quelle que soit la taille de son fichier.',
  'settings.storage.room': {
    one: 'Il reste de la place pour environ {count} morceau.',
    other: 'Il reste de la place pour environ {count} morceaux.',
  },
};
