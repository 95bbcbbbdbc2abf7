/** Whether this process takes requests. A stop is told here first, while requests are still answered. */
export class Readiness {
  isStopping = false;
}
