import { readFileSync } from 'node:fs';
import { Writable } from 'node:stream';
import { type DestinationStream, pino } from 'pino';
import { parse } from 'yaml';
import { Metrics } from '../../../server/metrics/metrics.js';
import type { Context } from '../../../server/routes/context.js';
import { tellSteps } from '../../../server/routes/tell-steps.js';
import { StepTimes } from '../../../server/search/steps.js';
import { finished, call as request } from '../../support/call.js';
import { startJustuju, type TestJustuju } from '../../support/justuju.js';

/** What operators see: metrics of the steps of a search, and the dashboard and alerts that are made of metrics. */

interface Dashboard {
  readonly panels: readonly { readonly id: number; readonly title: string; readonly targets: readonly { readonly expr: string }[] }[];
}
interface Alerts {
  readonly groups: readonly {
    readonly rules: readonly { readonly alert: string; readonly expr: string; readonly annotations: object }[];
  }[];
}
const dashboard = JSON.parse(readFileSync('ops/grafana-dashboard.json', 'utf8')) as Dashboard;
const alerts = parse(readFileSync('ops/alerts.yml', 'utf8')) as Alerts;
const expressions = [
  ...dashboard.panels.flatMap(({ title, targets }) => targets.map(({ expr }): [string, string] => [title, expr])),
  ...alerts.groups.flatMap(({ rules }) => rules.map(({ alert, expr }): [string, string] => [alert, expr])),
];

describe('metrics', () => {
  let justuju: TestJustuju;
  let text: string;

  beforeAll(async () => {
    justuju = await startJustuju();
    const { body } = await request(justuju.url, 'POST', '/indexes/books/documents?primaryKey=id', [{ id: 1, title: 'کتاب اور قلم' }]);
    await finished(justuju.url, body.taskUid as number);
    for (const q of ['کتاب', 'قلم']) await request(justuju.url, 'POST', '/indexes/books/search', { q });
    const event = { eventType: 'click', eventName: 'click', indexUid: 'books', userId: 'r' };
    expect((await request(justuju.url, 'POST', '/events', event)).status).toBe(201);
    text = (await request(justuju.url, 'GET', '/metrics')).body as string;
  });
  afterAll(() => justuju?.stop());

  it('tell the steps of each search, and events', () => {
    for (const step of ['understand', 'retrieve', 'verify', 'mark'])
      expect(text).toContain(`justuju_search_step_duration_seconds_count{step="${step}"} 2\n`);
    expect(text).toContain('justuju_events_total{type="click"} 1\n');
  });

  it.each(expressions)('of "%s" are there', (_title, expression) => {
    const names = expression.match(/justuju_\w+/g) ?? [];
    for (const name of names) expect(text).toMatch(new RegExp(`^# TYPE ${name.replace(/_(bucket|count|sum)$/, '(_\\w+)?')} `, 'm'));
    expect(names.length + Number(expression.startsWith('up{'))).toBeGreaterThan(0);
    for (const [, label, value] of expression.matchAll(/(\w+)=~?"([^"]*)"/g))
      if (label !== 'job' && !['5..', 'none', 'no'].includes(value as string)) expect(text).toContain(`${label}="${value}"`);
  });

  it('are of one dashboard whose panels differ, and of alerts that say what to do', () => {
    const ids = dashboard.panels.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { rules } of alerts.groups)
      for (const { annotations } of rules) expect(Object.keys(annotations)).toEqual(['summary', 'description']);
  });
});

describe('the log of a search', () => {
  const tell = (level: string, milliseconds: number): Record<string, unknown>[] => {
    const lines: Record<string, unknown>[] = [];
    const stream: DestinationStream & Writable = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        lines.push(JSON.parse(chunk.toString()) as Record<string, unknown>);
        done();
      },
    });
    const steps = new StepTimes();
    steps.add('verify', performance.now() - 5);
    const context = { steps, metrics: new Metrics(), log: pino({ level }, stream) } as unknown as Context;
    tellSteps([{ index: 'books', q: 'کتاب', result: { totalHits: 2 } }], performance.now() - milliseconds, context);
    return lines;
  };

  it('holds its steps and the hash of the query, never the query', () => {
    const [line] = tell('debug', 7);
    expect(line).toMatchObject({
      msg: 'search',
      level: 20,
      queries: [{ index: 'books', query: expect.stringMatching(/^[\da-f]{12}$/), hits: 2 }],
      steps: { verify: expect.any(Number) },
    });
    expect(JSON.stringify(line)).not.toContain('کتاب');
  });

  it('is a warning where it took more than a second, and silent otherwise', () => {
    expect(tell('info', 7)).toEqual([]);
    expect(tell('info', 1_500)).toMatchObject([{ level: 40, msg: 'a search took long' }]);
  });
});
