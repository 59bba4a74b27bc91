/** Spanish, the words for looking after a collection. */
import type { CollectionTable } from '../messages.ts';

export const esCollection: CollectionTable = {
  'bundle.open.more': { one: 'y una más', other: 'y {count} más' },
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
  'library.edit.many': { one: 'Editar {count} canción', other: 'Editar {count} canciones' },
  'library.edit.hint': 'Lo que rellenes se aplica a todas.',
  'library.edit.unchanged': 'sin cambios',
  'library.edit.pattern': 'De los nombres de archivo, según un patrón',
  'library.edit.fits': {
    one: '{count} de {total} nombres de archivo encaja.',
    other: '{count} de {total} nombres de archivo encajan.',
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
  'duplicates.found': { one: '{count} par encontrado', other: '{count} pares encontrados' },
  'duplicates.same': 'La misma grabación',
  'duplicates.excerpt': 'La segunda es parte de la primera',
  'duplicates.shared': 'Comparten {time} de música',
  'duplicates.stretch': 'de {from} a {to}',
  'duplicates.keep': 'Conservar solo esta',
  'duplicates.keepOne': 'Conservar solo «{title}»',
  'duplicates.both': 'Conservar ambas',
  'duplicates.never': 'Conservar ambas y no volver a preguntar',
};
