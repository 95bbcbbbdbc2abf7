import { readFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import type { Finding } from './doctor.js';

/** As in package.json, `engines`. */
const LEAST_NODE = [20, 19] as const;
/** Each client and each request to Meilisearch is an open file. */
const LEAST_FILES = 4_096;
/** Bytes. Below this Meilisearch and Justuju have no room beside each other. */
const LEAST_MEMORY = 1_000_000_000;

/** Node, open files, memory. */
export function checkSystem(): Finding[] {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isOld = major < LEAST_NODE[0] || (major === LEAST_NODE[0] && minor < LEAST_NODE[1]);
  const findings: Finding[] = [
    isOld
      ? {
          check: 'Node.js',
          state: 'problem',
          message: `version ${process.versions.node}`,
          mend: `Install Node.js ${LEAST_NODE.join('.')} or later.`,
        }
      : { check: 'Node.js', state: 'good', message: `version ${process.versions.node}` },
  ];
  const files = openFiles();
  if (files !== undefined && files < LEAST_FILES)
    findings.push({
      check: 'open files',
      state: 'warning',
      message: `a process may have ${files} files and connections open`,
      mend: `Raise it to ${LEAST_FILES} or more where the service is started: ulimit -n 65536, or LimitNOFILE=65536 in a unit of systemd.`,
    });
  if (totalmem() < LEAST_MEMORY)
    findings.push({
      check: 'memory',
      state: 'warning',
      message: `this machine has ${Math.round(totalmem() / 1e6)} MB`,
      mend: 'Give it a gigabyte or more, or set MEILI_MAX_INDEXING_MEMORY to a quarter of what there is.',
    });
  return findings;
}

/** Undefined where the system does not tell. */
function openFiles(): number | undefined {
  try {
    const [, most] = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? [];
    return most === undefined ? undefined : Number(most);
  } catch {
    return undefined;
  }
}
