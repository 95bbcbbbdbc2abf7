/** The settings as people and editors read them: docs/operating.md and docs/justuju.config.schema.json are compared with this. */
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
