/** The settings as people and editors read them: docs/operating.md and docs/justuju.config.schema.json are compared with this. */
import { readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { FILE_SCHEMA, SETTINGS, type Setting } from './settings.js';

/** JSON Schema of `justuju.config.json`. */
export function fileSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(FILE_SCHEMA, { unrepresentable: 'any' }) as { properties: Record<string, object> };
  for (const { key, what, variable } of Object.values(SETTINGS))
    schema.properties[key] = { description: `${what} (${variable})`, ...schema.properties[key] };
  return { title: 'justuju.config.json', ...schema };
}

/** A table in Markdown. */
export function settingsTable(): string {
  const rows = (Object.values(SETTINGS) as Setting[]).map(
    ({ variable, key, fallback = '', what }) => `| \`${variable}\` | \`${key}\` | ${fallback} | ${what} |`,
  );
  return ['| variable | in the file | default | what |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

const SCHEMA = 'docs/justuju.config.schema.json';
const TABLE = 'docs/operating.md';

/** `npm run config-docs`, after a change of the settings. */
export async function writeDocs(): Promise<void> {
  await writeFile(SCHEMA, `${JSON.stringify(fileSchema(), null, 2)}\n`);
  const before = await readFile(TABLE, 'utf8');
  await writeFile(
    TABLE,
    before.replace(/^\| variable \|.*\n(?:\|.*\n)*/m, () => `${settingsTable()}\n`),
  );
}
