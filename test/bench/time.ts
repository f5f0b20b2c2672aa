export interface Duration {
  readonly seconds: number;
  /** Of all threads: work without the waiting, where other programs share the machine. */
  readonly cpuSeconds: number;
}

export async function time(work: () => unknown): Promise<Duration> {
  const cpu = process.cpuUsage();
  const started = performance.now();
  await work();
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return { seconds, cpuSeconds: (user + system) / 1e6 };
}
