/** Milliseconds of processor time, all threads together, that this process has spent since `began` (`process.cpuUsage()`). */
export function spentMs(began: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1_000;
}
