/** The playground: from what stands in its fields to requests, and from the answers to what is seen. */
import { type Found, type IndexFields, readAnalysis, readFound, readIndexes, record, textOf } from './answers.js';
import { ask, type Told } from './ask.js';
import { el, need } from './elements.js';
import { jsonNodes } from './json-view.js';
import { type Language, type Texts, textsOf, translate } from './texts.js';
import { compareView, ladderView, readingsView } from './views.js';

const q = need('#q', HTMLInputElement);
const index = need('#index', HTMLInputElement);
const key = need('#key', HTMLInputElement);
const exact = need('#exact', HTMLInputElement);
const why = need('#why', HTMLInputElement);
const body = need('#body', HTMLTextAreaElement);
const text = need('#text', HTMLTextAreaElement);
const status = need('#status', HTMLElement);
const response = need('#response', HTMLElement);
const theme = need('#theme', HTMLSelectElement);

/** What is on the page beside its fields. */
interface Shown {
  language: Language;
  pageKey: string | undefined;
  indexes: readonly IndexFields[];
  found: { readonly rewritten: Found; readonly asTyped: Found } | undefined;
  analyzed: unknown;
  /** The search that was sent last: an older answer is not shown over a newer. */
  turn: number;
}

function start(): void {
  const shown: Shown = { language: 'en', pageKey: undefined, indexes: [], found: undefined, analyzed: undefined, turn: 0 };
  const asked = new URLSearchParams(location.search);
  q.value = asked.get('q') ?? '';
  index.value = asked.get('index') ?? '';
  text.value = asked.get('text') ?? q.value;
  fillRequest();
  need('#language', HTMLButtonElement).addEventListener('click', () => {
    shown.language = shown.language === 'en' ? 'ur' : 'en';
    // It told something in the other language.
    status.textContent = '';
    draw(shown);
  });
  theme.addEventListener('change', () => {
    document.documentElement.dataset.theme = theme.value;
  });
  for (const field of [q, index, exact, why]) field.addEventListener('input', fillRequest);
  key.addEventListener('change', () => void learn(shown));
  need('#search', HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault();
    void send(shown);
  });
  body.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send(shown);
  });
  need('#analyze', HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault();
    void analyze(shown);
  });
  makeScrollable('#response', 'response-title');
  makeScrollable('#readings', 'readings-title');
  makeScrollable('#ladder', 'ladder-title');
  draw(shown);
  void begin(shown);
}

/** What the address asks for, once the key of the page is known. */
async function begin(shown: Shown): Promise<void> {
  await learn(shown);
  await Promise.all([q.value === '' ? undefined : send(shown), text.value === '' ? undefined : analyze(shown)]);
}

/** What is wider or longer than its place is scrolled by keys too. */
function makeScrollable(selector: string, title: string): void {
  const element = need(selector, HTMLElement);
  element.tabIndex = 0;
  element.setAttribute('role', 'group');
  element.setAttribute('aria-labelledby', title);
}

const line = (): string => `POST indexes/${index.value || '…'}/search`;

/** The request as the fields say; what was written into it by hand stays. */
function fillRequest(): void {
  const before = parsed(body.value);
  const { q: _q, urdu, ...rest } = before instanceof Error ? { urdu: {} } : record(before);
  const { exact: _exact, why: _why, ...own } = record(urdu);
  const asked = { ...own, ...(exact.checked && { exact: true }), ...(why.checked && { why: true }) };
  const request = { q: q.value, ...rest, ...(Object.keys(asked).length > 0 && { urdu: asked }) };
  if (Object.keys(rest).length === 0) Object.assign(request, { limit: 10 });
  body.value = JSON.stringify(request, null, 2);
  need('#line', HTMLElement).textContent = line();
}

function parsed(json: string): unknown {
  if (json.trim() === '') return {};
  try {
    return JSON.parse(json);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

const keyOf = ({ pageKey }: Shown): string | undefined => (key.value === '' ? pageKey : key.value);

/** Which indexes there are for this key, and what of their hits is shown. */
async function learn(shown: Shown): Promise<void> {
  try {
    const told = readIndexes((await ask('page-config', key.value === '' ? undefined : key.value)).body);
    shown.indexes = told.indexes;
    if (key.value === '') shown.pageKey = told.key;
  } catch (error) {
    status.textContent = textsOf(shown.language).failed(String(error));
  }
  need('#indexes', HTMLDataListElement).replaceChildren(...shown.indexes.map(({ uid }) => el('option', { value: uid })));
  if (index.value === '') index.value = shown.indexes[0]?.uid ?? '';
  fillRequest();
}

async function send(shown: Shown): Promise<void> {
  const texts = textsOf(shown.language);
  const request = parsed(body.value);
  if (request instanceof Error) {
    status.textContent = texts.notJson(request.message);
    body.focus();
    return;
  }
  shown.turn += 1;
  const { turn } = shown;
  remember();
  status.textContent = texts.sending;
  const path = `indexes/${encodeURIComponent(index.value)}/search`;
  const as = (isExact: boolean): unknown => ({ ...record(request), urdu: { ...record(record(request).urdu), exact: isExact } });
  try {
    const [answer, rewritten, asTyped] = await Promise.all([
      ask(path, keyOf(shown), request),
      ask(path, keyOf(shown), as(false)),
      ask(path, keyOf(shown), as(true)),
    ]);
    if (turn !== shown.turn) return;
    showAnswer(answer, texts);
    shown.found = answer.status === 200 ? { rewritten: readFound(rewritten.body), asTyped: readFound(asTyped.body) } : undefined;
    drawFound(shown);
  } catch (error) {
    if (turn === shown.turn) status.textContent = texts.failed(String(error));
  }
}

/** The address leads here again; the key is no part of it. */
function remember(): void {
  const asked = new URLSearchParams({ index: index.value, q: q.value });
  history.replaceState(null, '', `?${asked.toString()}`);
}

function showAnswer(answer: Told, texts: Texts): void {
  need('#told', HTMLElement).textContent =
    `${answer.status} · ${answer.milliseconds} ms · ${new TextEncoder().encode(answer.raw).length} B`;
  response.replaceChildren(...jsonNodes(answer.raw));
  status.textContent = texts.answered(answer.status, answer.milliseconds);
}

async function analyze(shown: Shown): Promise<void> {
  const texts = textsOf(shown.language);
  try {
    const { status: answered, milliseconds, body: found } = await ask('analyze', keyOf(shown), { text: text.value, explain: true });
    shown.analyzed = answered === 200 ? found : undefined;
    const { message } = record(found);
    status.textContent =
      answered === 200 ? texts.analyzed(readAnalysis(found).length) : `${texts.answered(answered, milliseconds)} ${textOf(message)}`;
    drawLadder(shown);
  } catch (error) {
    status.textContent = texts.failed(String(error));
  }
}

function draw(shown: Shown): void {
  translate(shown.language);
  const other = shown.language === 'en' ? 'ur' : 'en';
  const language = need('#language', HTMLButtonElement);
  language.lang = other;
  language.textContent = other === 'ur' ? 'اردو' : 'English';
  drawFound(shown);
  drawLadder(shown);
}

function drawFound({ found, indexes, language }: Shown): void {
  const texts = textsOf(language);
  need('#readings', HTMLElement).replaceChildren(readingsView(found?.rewritten.words ?? [], texts));
  const fields = indexes.find(({ uid }) => uid === index.value);
  const lists = found === undefined ? [] : compareView(found.rewritten, found.asTyped, fields, texts);
  need('#compare', HTMLElement).replaceChildren(...lists);
}

function drawLadder({ analyzed, language }: Shown): void {
  const words = readAnalysis(analyzed);
  need('#ladder', HTMLElement).replaceChildren(...(words.length === 0 ? [] : [ladderView(words, textsOf(language))]));
}

start();
