/** Arabic, the words for looking after a collection. */
import type { CollectionTable } from '../messages.ts';

export const arCollection: CollectionTable = {
  'bundle.open.more': {
    zero: 'ولا شيء غيرها',
    one: 'وواحدة أخرى',
    two: 'واثنتان أخريان',
    few: 'و{count} أخرى',
    many: 'و{count} أخرى',
    other: 'و{count} أخرى',
  },
  'bundle.open.none': 'لديك كل ما فيها من قبل.',

  'import.done.none': 'لا أغاني جديدة',

  'track.year.wrong': 'السنة من أربعة أرقام على الأكثر، مثل 1987.',

  'library.sort.year': 'السنة',
};
