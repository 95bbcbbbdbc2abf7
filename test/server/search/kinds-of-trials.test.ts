/** What readers found on trial: codes with capital letters, and codes as the names of their letters. */
import { describeKinds, type Kind } from './kind.js';

const KINDS: Readonly<Record<string, Kind>> = {
  'codes with capital letters that are marks on another keyboard': {
    texts: [
      'آئین کا آرٹیکل 370 ختم',
      'پرواز PK-303 روانہ',
      'کمرہ 147 خالی',
      'عدد 777 مبارک',
      'مکان 144 فروخت',
      'طیارہ F-16 گرا',
      'طیارہ ایف 35 خریدا',
      'عمر 16 برس',
      'عمر 35 برس',
    ],
    finds: [
      ['F370', []],
      ['F370 ', []],
      ['F303', []],
      ['P147 ', []],
      ['M777', []],
      ['BF144', []],
      ['MM777 ', []],
      ['Q144', []],
      ['F16', [5]],
      ['F16 ', [5]],
      ['f16', [5]],
      ['F35', [6]],
      ['f35 ', [6]],
      ['F-35', [6]],
    ],
    tells: [
      ['F370', ['F370']],
      ['MM777 ', ['MM777']],
      ['F35', []],
      ['f16', []],
    ],
    asTyped: ['F370', 'F303', 'BF144', 'F16'],
  },
  'codes in one, and their letters by name': {
    texts: [
      'پرواز پی کے 661 لاپتا',
      'طیارہ جے ایف 17 تیار',
      'حلقہ پی پی-147 کا نتیجہ',
      'پرواز PK-308 روانہ',
      'مکان 661 خالی',
      'عمر 17 برس',
      'کمرہ 147 بند',
    ],
    finds: [
      ['PK-661', [0]],
      ['PK661', [0]],
      ['PK661 ', [0]],
      ['pk661', [0]],
      ['JF-17', [1]],
      ['JF17', [1]],
      ['jf17 ', [1]],
      ['PP-147', [2]],
      ['PP147', [2]],
      ['PK662 ', []],
      ['PK308', [3]],
    ],
    tells: [['JF17', []]],
  },
};

describeKinds(KINDS);
