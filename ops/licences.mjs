#!/usr/bin/env node
/** The licences of all packages that a running Justuju is made of, by package-lock.json. Status 1 where one is not allowed by ops/licences.json. */
import { readFile } from 'node:fs/promises';

const read = async (name) => JSON.parse(await readFile(new URL(name, import.meta.url), 'utf8'));
const { allowed, named } = await read('./licences.json');
const { packages } = await read('../package-lock.json');

const found = new Map();
for (const [path, { dev, link, license, version }] of Object.entries(packages)) {
  // Our own packages stand there by their folders.
  if (dev || link || !path.startsWith('node_modules/')) continue;
  const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const says = named[name] ?? license ?? 'none named';
  found.set(says, [...(found.get(says) ?? []), `${name}@${version}`]);
}
const isAllowed = (says) =>
  says
    .replace(/[()]/g, '')
    .split(/ OR /)
    .some((one) => one.split(/ AND /).every((part) => allowed.includes(part)));
let refused = 0;
for (const [says, names] of [...found].sort(([, a], [, b]) => b.length - a.length)) {
  const mark = isAllowed(says) ? '' : '  NOT ALLOWED';
  if (mark !== '') refused += names.length;
  console.log(`${String(names.length).padStart(4)} ${says}${mark}${names.length <= 8 || mark !== '' ? `: ${names.join(', ')}` : ''}`);
}
process.exitCode = refused === 0 ? 0 : 1;
