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
  'library.columns': 'الأعمدة',
  'library.detail': 'التفاصيل',
  'library.detail.close': 'إغلاق التفاصيل',
  'library.view': 'عرض',
  'library.view.songs': 'الأغاني',
  'library.view.artists': 'الفنانون',
  'library.view.albums': 'الألبومات',
  'library.groups.none': 'لم يُذكر ذلك في أي أغنية بعد. عدّل أغنية لإضافته.',
  'library.groups.notFound': 'لم يُعثر على شيء.',
  'library.playlist': 'الحفظ كقائمة تشغيل (M3U)',
  'library.playlist.none': 'ملفات هذه الأغاني غير معروفة.',
  'library.edit.many': {
    zero: 'تعديل {count} أغنية',
    one: 'تعديل أغنية واحدة',
    two: 'تعديل أغنيتين',
    few: 'تعديل {count} أغانٍ',
    many: 'تعديل {count} أغنية',
    other: 'تعديل {count} أغنية',
  },
  'library.edit.hint': 'ما تملؤه يُطبَّق عليها جميعًا.',
  'library.edit.unchanged': 'كما هو',
  'library.edit.pattern': 'من أسماء الملفات وفق نمط',
  'library.edit.fits': {
    zero: 'لا يطابق أي من أسماء الملفات البالغ عددها {total}.',
    one: 'يطابق اسم ملف واحد من {total}.',
    two: 'يطابق اسما ملفين من {total}.',
    few: 'تطابق {count} أسماء ملفات من {total}.',
    many: 'يطابق {count} اسم ملف من {total}.',
    other: 'يطابق {count} اسم ملف من {total}.',
  },

  'history.latest': 'سُمع مؤخرًا',
  'history.latest.none': 'تظهر الإجابات هنا.',

  'duplicates.title': 'المكررات',
  'duplicates.text':
    'يعثر على التسجيل نفسه مرتين وعلى المقتطفات والموسيقى المشتركة بين أغنيتين. يفحص كل الأغاني ويستغرق بضع دقائق في مكتبة كبيرة.',
  'duplicates.find': 'البحث عن المكررات',
  'duplicates.stop': 'إيقاف',
  'duplicates.progress': 'تمت مقارنة {done} من {total}',
  'duplicates.none': 'لا توجد أغنيتان تشتركان في موسيقى.',
  'duplicates.found': {
    zero: 'لم يُعثر على أي زوج',
    one: 'عُثر على زوج واحد',
    two: 'عُثر على زوجين',
    few: 'عُثر على {count} أزواج',
    many: 'عُثر على {count} زوجًا',
    other: 'عُثر على {count} زوج',
  },
  'duplicates.same': 'التسجيل نفسه',
  'duplicates.excerpt': 'الثانية جزء من الأولى',
  'duplicates.shared': 'تشتركان في {time} من الموسيقى',
  'duplicates.stretch': 'من {from} إلى {to}',
  'duplicates.keep': 'الاحتفاظ بهذه فقط',
  'duplicates.keepOne': 'الاحتفاظ فقط بـ «{title}»',
  'duplicates.both': 'الاحتفاظ بكلتيهما',
  'duplicates.never': 'الاحتفاظ بكلتيهما وعدم السؤال مجددًا',
};
