/** Spanish, the words for looking after a collection. */
import type { CollectionTable } from '../messages.ts';

export const esCollection: CollectionTable = {
  'bundle.open.more': { one: 'y una más', other: 'y {count} más', many: 'y {count} más' },
  'bundle.open.none': 'Ya lo tienes todo.',

  'import.done.none': 'Ninguna canción nueva',

  'track.year.wrong': 'Un año tiene hasta cuatro cifras, por ejemplo 1987.',

  'library.sort.year': 'Año',
  'library.columns': 'Columnas',
  'library.detail': 'Detalles',
  'library.detail.close': 'Cerrar los detalles',
  'library.view': 'Mostrar',
  'library.view.songs': 'Canciones',
  'library.view.artists': 'Artistas',
  'library.view.albums': 'Álbumes',
  'library.groups.none': 'Ninguna canción lo indica todavía. Edita una para añadirlo.',
  'library.groups.notFound': 'No se encontró nada.',
  'library.playlist': 'Guardar como lista (M3U)',
  'library.playlist.none': 'No se conocen los archivos de estas canciones.',
  'library.edit.many': {
    one: 'Editar {count} canción',
    other: 'Editar {count} canciones',
    many: 'Editar {count} de canciones',
  },
  'library.edit.hint': 'Lo que rellenes se aplica a todas.',
  'library.edit.unchanged': 'sin cambios',
  'library.edit.pattern': 'De los nombres de archivo, según un patrón',
  'library.edit.fits': {
    one: '{count} de {total} nombres de archivo encaja.',
    other: '{count} de {total} nombres de archivo encajan.',
    many: '{count} de {total} nombres de archivo encajan.',
  },

  'history.latest': 'Oído hace poco',
  'history.latest.none': 'Aquí aparecen las respuestas.',

  'duplicates.title': 'Duplicados',
  'duplicates.text':
    'Encuentra la misma grabación dos veces, fragmentos y música que comparten dos canciones. Revisa todas las canciones; en una biblioteca grande tarda unos minutos.',
  'duplicates.find': 'Buscar duplicados',
  'duplicates.stop': 'Detener',
  'duplicates.progress': '{done} de {total} canciones comparadas',
  'duplicates.none': 'No hay canciones que compartan música.',
  'duplicates.found': {
    one: '{count} par encontrado',
    other: '{count} pares encontrados',
    many: '{count} de pares encontrados',
  },
  'duplicates.same': 'La misma grabación',
  'duplicates.excerpt': 'La segunda es parte de la primera',
  'duplicates.shared': 'Comparten {time} de música',
  'duplicates.stretch': 'de {from} a {to}',
  'duplicates.keep': 'Conservar solo esta',
  'duplicates.keepOne': 'Conservar solo «{title}»',
  'duplicates.both': 'Conservar ambas',
  'duplicates.never': 'Conservar ambas y no volver a preguntar',

  'backup.title': 'Copia de seguridad',
  'backup.text': 'Un archivo con todo: canciones, historial, notas y ajustes.',
  'backup.last': {
    one: 'Última copia el {date}, con {count} canción.',
    other: 'Última copia el {date}, con {count} canciones.',
    many: 'Última copia el {date}, con {count} de canciones.',
  },
  'backup.never': 'Aún no hay copia.',
  'backup.since': {
    one: '{count} canción de diferencia desde entonces.',
    other: '{count} canciones de diferencia desde entonces.',
    many: '{count} de canciones de diferencia desde entonces.',
  },
  'backup.saved': 'Copia guardada, {size}',
  'backup.restore': 'Restaurar una copia',
  'backup.inside': 'Del {date}: {songs} canciones, {sessions} entradas del historial.',
  'backup.restore.text':
    'Se añade lo que falta aquí, y los ajustes pasan a ser los de la copia. Lo que hay se conserva.',
  'backup.restore.now': 'Restaurar',
  'backup.restored':
    'Restaurado: {songs} canciones, {sessions} entradas del historial. Recarga para aplicar los ajustes.',
  'backup.reminder': 'Mucho ha cambiado desde tu última copia.',
  'backup.erase': 'Borrar todo',
  'backup.erase.text':
    'Se quitan de este dispositivo todas las canciones, el historial y los ajustes. Los archivos de música se conservan.',
  'backup.erase.next': 'Continuar',
  'backup.erase.sure': '¿Seguro? No se puede deshacer.',
  'backup.erase.yes': 'Sí, borrar todo',

  'fault.BackupForeign': 'No es una copia de Entendu.',

  'install.title': 'Instalar',
  'install.done': 'Entendu está instalado en este dispositivo.',
  'install.offer': 'Se abre como cualquier app, funciona sin red y su almacenamiento es más seguro.',
  'install.ios.share': 'Abre esta página en Safari y toca Compartir, el cuadrado con una flecha.',
  'install.ios.add': 'Elige «Añadir a pantalla de inicio».',
  'install.ios.open':
    'Toca «Añadir» y abre Entendu desde la pantalla de inicio. Allí tiene su propia biblioteca: lleva tus canciones con una copia.',
  'install.menu':
    'En el menú del navegador elige «Instalar» o «Añadir a pantalla de inicio». Firefox en el ordenador no puede instalarlo.',

  'settings.keys.help': 'Esta ayuda',
  'settings.keys.move': 'En la lista: subir y bajar, con Mayús seleccionar',
  'settings.keys.all': 'En la lista: seleccionar todo',
  'settings.keys.open': 'En la lista: abrir la canción',
  'settings.keys.delete': 'En la lista: borrar lo seleccionado',

  'import.row.excerpt': 'es parte de «{title}», que ya tienes',
  'import.row.contains': 'contiene «{title}», que ya tienes',

  'charts.title': 'Estadísticas',
  'charts.days': 'Respuestas de cada uno de los últimos 30 días',
  'charts.most': 'como máximo {count} al día',
  'charts.songs': 'Canciones más oídas',
  'charts.artists': 'Artistas más oídos',

  'fault.AddressElsewhere': 'La dirección lleva a otro sitio. Suscríbete de nuevo para permitirlo.',
  'fault.CatalogueForeign': 'En esta dirección no hay ningún catálogo de Entendu.',
  'fault.CatalogueDamaged':
    'El catálogo está dañado. Lo que no estaba bien no se ha añadido; las canciones que ya están se quedan.',
  'fault.CatalogueNewer': 'El catálogo es de una versión más nueva de Entendu. Recarga esta página para actualizarla.',
  'fault.CatalogueOlder': 'El catálogo es más antiguo que lo que hay aquí. No se ha cambiado nada.',
  'fault.CatalogueKeyChanged':
    'El catálogo ya no está firmado con su clave, así que no se ha cambiado nada. Pregunta a quien lo publica; si la clave nueva es correcta, cancela la suscripción y suscríbete de nuevo.',
  'fault.CatalogueUnchecked':
    'El catálogo está firmado, pero este navegador no puede comprobar firmas. Actualiza el navegador.',
  'fault.CatalogueGone': 'Ya no estás suscrito a este catálogo.',

  'catalogue.title': 'Catálogos',
  'catalogue.subscribe': 'Suscribirse a un catálogo',
  'catalogue.none':
    'Un catálogo es una colección de canciones que han publicado otras personas. No estás suscrito a ninguno.',
  'catalogue.address': 'Dirección del catálogo',
  'catalogue.ask': 'Ver qué contiene',
  'catalogue.ask.hint': 'Entendu le pide la lista a {host}. No se envía nada más.',
  'catalogue.link': 'Un enlace te propone suscribirte a este catálogo:',
  'catalogue.inside': {
    one: '{count} canción, {time}',
    other: '{count} canciones, {time}',
    many: '{count} de canciones, {time}',
  },
  'catalogue.fetch': '{size} por descargar de {host}',
  'catalogue.signed': 'Firmado con la clave {key}',
  'catalogue.unsigned': 'Sin firma de quien lo publica',
  'catalogue.text':
    'Sus canciones se reconocen como las tuyas, también sin conexión, y puedes quitarlas todas a la vez.',
  'catalogue.weekly': 'Buscar canciones nuevas una vez por semana',
  'catalogue.confirm': 'Suscribirse',
  'catalogue.taking': 'Descargando {size}',
  'catalogue.elsewhere': 'La dirección redirige a otro sitio, {host}. ¿Pedirlo allí?',
  'catalogue.elsewhere.follow': 'Pedirlo a {host}',
  'catalogue.incomplete': 'Aún no está completo. «Buscar canciones nuevas» lo retoma.',
  'catalogue.checked': 'Última comprobación: {date}',
  'catalogue.update': 'Buscar canciones nuevas',
  'catalogue.updated': '{name}: {added} añadidas, {removed} quitadas',
  'catalogue.noNews': '{name}: nada nuevo',
  'catalogue.news': {
    one: '{name}: {count} canción nueva',
    other: '{name}: {count} canciones nuevas',
    many: '{name}: {count} de canciones nuevas',
  },
  'catalogue.leave': 'Cancelar la suscripción',
  'catalogue.leave.sure': 'Las canciones de «{name}» se borran de este dispositivo. Las tuyas se quedan.',
  'catalogue.left': 'Ya no estás suscrito a «{name}»',
  'catalogue.mark': 'de un catálogo',
  'catalogue.of': 'Catálogo',

  'settings.about.changes': 'Novedades',

  'track.cover': 'Portada',
  'track.cover.hint': 'Pega una imagen, suéltala aquí o elige una.',
  'track.cover.choose': 'Elegir una imagen',
  'track.cover.remove': 'Quitar la portada',
  'track.cover.unreadable': '«{name}» no es una imagen que se pueda leer.',
  'track.heard': 'Oída',
  'track.heard.times': { one: '{count} vez, la última el {date}', other: '{count} veces, la última el {date}' },
  'library.sort.heard': 'Oída',
  'settings.storage.each': 'Una canción ocupa unos {size}, sea cual sea el tamaño de su archivo.',
  'settings.storage.room': {
    one: 'Queda sitio para {count} canción más, aproximadamente.',
    other: 'Queda sitio para unas {count} canciones más.',
  },
};
