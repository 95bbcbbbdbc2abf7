export function versionIn(body: unknown): string {
  const version = typeof body === 'object' && body !== null && 'pkgVersion' in body ? body.pkgVersion : undefined;
  return typeof version === 'string' ? version : 'unknown';
}

/** Whether a version such as `1.41.0` or `1.50.0-rc.2` has what came with `since`. One that cannot be read has not. */
export function isAtLeast(version: string, [major, minor]: readonly [number, number]): boolean {
  const [, itsMajor, itsMinor] = /^v?(\d+)\.(\d+)/.exec(version) ?? [];
  if (itsMajor === undefined || itsMinor === undefined) return false;
  return Number(itsMajor) > major || (Number(itsMajor) === major && Number(itsMinor) >= minor);
}
