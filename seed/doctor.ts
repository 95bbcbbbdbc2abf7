import { examine, type Finding } from '../server/doctor/doctor.js';

/** All is well, or some things should be looked at (0); something is wrong (1). */
const STATUS = { fine: 0, problems: 1 } as const;
const MARKS: Readonly<Record<Finding['state'], string>> = { good: 'good   ', warning: 'WARNING', problem: 'PROBLEM' };

/** `justuju doctor`: whether engine, versions, stores, disk, keys and clock are as the service needs them, and what to do. */
export async function doctor({ json, config }: { readonly json: boolean; readonly config?: string }): Promise<number> {
  const findings = await examine({ ...process.env, ...(config !== undefined && { JUSTUJU_CONFIG: config }) });
  const count = (state: Finding['state']): number => findings.filter((one) => one.state === state).length;
  const problems = count('problem');
  if (json) process.stdout.write(`${JSON.stringify({ findings, problems, warnings: count('warning') }, null, 2)}\n`);
  else {
    for (const { check, state, message, mend } of findings)
      process.stdout.write(`${MARKS[state]} ${check}: ${message}\n${mend === undefined ? '' : `        → ${mend}\n`}`);
    process.stdout.write(
      problems === 0 ? `No problem found${count('warning') > 0 ? `, ${count('warning')} warnings` : ''}.\n` : `${problems} problems.\n`,
    );
  }
  return problems === 0 ? STATUS.fine : STATUS.problems;
}
