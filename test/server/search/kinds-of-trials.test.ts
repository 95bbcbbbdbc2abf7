/** What readers found on trial: codes with capital letters. */
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
    ],
    tells: [
      ['F370', ['F370']],
      ['MM777 ', ['MM777']],
    ],
    asTyped: ['F370', 'F303', 'BF144'],
  },
};

describeKinds(KINDS);
