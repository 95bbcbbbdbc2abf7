import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { readArticles, readPage } from '../../seed/articles.js';
import { countNoise } from '../../seed/clean.js';
import { newReport } from '../../seed/report.js';

const FOLDER = 'test/seed/golden';

/**
 * Whole pages with invented news and every kind of noise. NAME.expected.json holds what an editor wants of NAME.txt; it was read line by line.
 * After a change of a rule: `GOLDEN=write npm run jest -- test/seed/golden`, then read the difference.
 */
describe('golden pages', () => {
  it.each(readdirSync(FOLDER).filter((name) => name.endsWith('.txt')))('%s', (name) => {
    const text = readFileSync(`${FOLDER}/${name}`, 'utf8').replace(/^\uFEFF/, '');
    const { page, reports } = readPage(text);
    const noise = Object.fromEntries(Object.entries(countNoise(page)).filter(([, lines]) => lines > 0));
    const found = { reports: reports.map((report) => ({ ...report, body: report.body.split('\n') })), noise };
    const golden = `${FOLDER}/${name.replace('.txt', '.expected.json')}`;
    if (process.env.GOLDEN === 'write') writeFileSync(golden, `${JSON.stringify(found, null, 2)}\n`);
    expect(found).toEqual(JSON.parse(readFileSync(golden, 'utf8')));
  });

  it('has every kind of noise at least once', async () => {
    const report = newReport();
    for await (const _article of readArticles([FOLDER], { report })) void _article;
    expect(Object.entries(report.noise).filter(([, lines]) => lines === 0)).toEqual([]);
  });
});

describe('the sample articles of the repository', () => {
  it('are each one article with headline, date, source and topic, and not a line is lost', async () => {
    const report = newReport();
    for await (const article of readArticles(['samples'], { report })) {
      const lines = readFileSync(`samples/${article.file}`, 'utf8')
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '');
      expect([article.title, ...article.body.split('\n')]).toEqual([lines[0], ...lines.slice(4)]);
      expect([article.date, article.source, article.topic]).not.toContain(null);
    }
    expect(report.articles).toBeGreaterThanOrEqual(80);
    expect({ ...report, noise: { ...report.noise, blank: 0 } }).toMatchObject({
      skipped: [],
      duplicates: [],
      impossibleDates: [],
      derivedTitles: 0,
    });
    expect(Object.entries(report.noise).filter(([kind, lines]) => lines > 0 && kind !== 'blank')).toEqual([]);
  });
});
