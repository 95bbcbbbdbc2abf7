/** Names and loans in their usual spellings, and what is told and marked of them. */
import { describeKinds, type Kind } from './kind.js';

const KINDS: Readonly<Record<string, Kind>> = {
  'names and loans in several spellings': {
    texts: [
      'ذوالقرنین حیدر',
      'ذو القرنین کا قصہ',
      'مال روڈ کی سٹریٹ',
      'عبدالستار ایدھی',
      'سافٹ ویئر انجینیئر',
      'سول انجینئر',
      'covid-19 کی ویکسین',
      'کووڈ-19 کے مریض',
      'کووڈ 19 کی وبا',
      'ذوالفقار بھٹو',
      'شمس الدین التمش',
    ],
    finds: [
      ['zul qarnain', [0, 1]],
      ['zulqarnain', [0, 1]],
      ['zulfiqar', [9]],
      ['zul fiqar', [9]],
      ['abdus sattar', [3]],
      ['sattar', [3]],
      ['street', [2]],
      ['stree', [2]],
      ['انجینئر', [4, 5]],
      ['انجینیئر', [4, 5]],
      ['covid-19', [6, 7, 8]],
      ['کووڈ-19', [6, 7, 8]],
      ['covid 19', [6, 7, 8]],
      ['shams ud din', [10]],
    ],
    asTyped: ['zzqv sattar', 'qxv altamash'],
  },
};

describeKinds(KINDS);
