/** Everything that is not a list of hits: the front page, no hits, a missing key, a failure. */
import type { Trouble } from './api.js';
import { button, el, link } from './dom.js';
import { didYouMean, hitView, notFound } from './render-results.js';
import type { Actions, Outcome } from './state.js';
import { type Asked, countOfFilters, NOTHING_ASKED, withoutFilters, writeUrl } from './url.js';

/** Found in the sample articles, and broad enough for any Urdu newspaper. */
const EXAMPLES = ['پاکستان', 'علامہ اقبال', 'مرزا غالب', 'کرکٹ', 'بریانی', 'صاف پانی', 'لاہور', 'آئین'] as const;

export function homeView({ asked, latest }: Extract<Outcome, { kind: 'home' }>, actions: Actions): Node[] {
  const fresh = latest?.hits ?? [];
  return [
    el(
      'nav',
      { class: 'examples', 'aria-label': 'مثالیں' },
      el('span', {}, 'مثلاً:'),
      ...EXAMPLES.map((q) => exampleLink(q, asked, actions)),
    ),
    ...(fresh.length === 0
      ? []
      : [
          el('h2', { class: 'section' }, el('span', {}, 'تازہ مضامین')),
          el('div', { class: 'front' }, ...fresh.map((hit) => hitView(hit, asked, actions, 'h3'))),
        ]),
  ];
}

export function nothingView({ asked, answer }: Extract<Outcome, { kind: 'nothing' }>, actions: Actions): Node[] {
  const words = asked.q.trim().split(/\s+/);
  const filtered = countOfFilters(asked) > 0;
  return [
    el(
      'section',
      { class: 'notice' },
      el('h2', {}, asked.q.trim() === '' ? 'ان فلٹروں میں کوئی مضمون نہیں' : 'اس تلاش کا کوئی نتیجہ نہیں ملا'),
      answer.didYouMean === undefined ? undefined : didYouMean(asked, answer.didYouMean, actions, false),
      answer.notFound.length === 0 ? undefined : notFound(answer.notFound),
      el(
        'ul',
        { class: 'advice' },
        filtered ? el('li', {}, 'فلٹر کم کیجیے: نتیجہ کسی اور ماخذ، موضوع یا سال میں ہو سکتا ہے۔') : undefined,
        words.length > 1 ? el('li', {}, 'کم الفاظ لکھیے، صرف وہ جو ضروری ہیں۔') : undefined,
        el('li', {}, 'املا دیکھیے، یا وہی بات کسی اور لفظ سے ڈھونڈیے۔'),
        el('li', {}, 'نام کا صرف ایک حصہ لکھ کر دیکھیے۔'),
      ),
      filtered ? button('فلٹر ہٹا کر تلاش کریں', () => actions.go(withoutFilters(asked)), { class: 'primary' }) : undefined,
    ),
    el(
      'nav',
      { class: 'examples', 'aria-label': 'مثالیں' },
      el('span', {}, 'یا دیکھیے:'),
      ...EXAMPLES.map((q) => exampleLink(q, asked, actions)),
    ),
  ];
}

export function keyView({ wasWrong }: Extract<Outcome, { kind: 'key' }>, actions: Actions): Node[] {
  const input = el('input', { id: 'key', type: 'password', dir: 'ltr', autocomplete: 'off', required: true });
  const form = el(
    'form',
    { class: 'notice' },
    el('h2', {}, 'تلاش کی کنجی درکار ہے'),
    el(
      'p',
      {},
      wasWrong
        ? 'سرور نے یہ کنجی قبول نہیں کی۔ دیکھ کر دوبارہ لکھیے۔'
        : 'یہ سرور کنجی کے بغیر جواب نہیں دیتا۔ کنجی صرف اس ٹیب کے بند ہونے تک یاد رہتی ہے۔',
    ),
    el('label', { for: 'key' }, 'کنجی'),
    el('div', { class: 'row' }, input, el('button', { type: 'submit', class: 'primary' }, 'جاری رکھیں')),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (input.value.trim() !== '') actions.useKey(input.value.trim());
  });
  return [form];
}

const WHAT_HAPPENED: Readonly<Record<Exclude<Trouble, 'key'>, readonly [string, string]>> = {
  offline: ['سرور تک رسائی نہیں ہوئی', 'انٹرنیٹ کا رابطہ دیکھیے، یا تھوڑی دیر بعد کوشش کیجیے۔'],
  timeout: ['سرور نے وقت پر جواب نہیں دیا', 'ممکن ہے وہ ابھی شروع ہو رہا ہو۔ تھوڑی دیر بعد کوشش کیجیے۔'],
  'not-found': ['مضامین کا یہ ذخیرہ موجود نہیں', 'ممکن ہے ابھی کوئی مضمون شامل نہ کیا گیا ہو۔'],
  refused: ['سرور نے یہ تلاش قبول نہیں کی', 'تلاش مختصر کیجیے یا فلٹر بدل کر دیکھیے۔'],
  server: ['سرور میں خرابی ہوئی', 'آپ کی تلاش میں کوئی غلطی نہیں۔ تھوڑی دیر بعد کوشش کیجیے۔'],
  garbled: ['سرور کا جواب سمجھ میں نہیں آیا', 'ممکن ہے کہ درمیان میں کسی اور نے جواب دیا ہو۔'],
};

export function failedView({ error }: Extract<Outcome, { kind: 'failed' }>, actions: Actions): Node[] {
  const [title, advice] = WHAT_HAPPENED[error.trouble === 'key' ? 'refused' : error.trouble];
  return [
    el(
      'section',
      { class: 'notice', role: 'alert' },
      el('h2', {}, title),
      el('p', {}, advice),
      el('p', { class: 'detail', dir: 'ltr' }, error.detail),
      button('دوبارہ کوشش کریں', () => actions.retry(), { class: 'primary' }),
    ),
  ];
}

function exampleLink(q: string, { index }: Asked, actions: Actions): HTMLElement {
  const asked = { ...NOTHING_ASKED, index, q };
  return link(writeUrl(asked), () => actions.go(asked), {}, q);
}
