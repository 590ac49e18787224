import { type AddressInfo, createServer } from 'node:net';
import { expect, it } from 'vitest';
import { planPorts } from '../../../local/boot/port-plan.ts';

/** Below the range that systems hand out by themselves, where another test's connection may take a port at any moment. */
async function firstFree(): Promise<{ base: number; plan: Awaited<ReturnType<typeof planPorts>> }> {
  for (let base = 20_000; base < 32_000; base += 8) {
    const plan = await planPorts(base).catch(() => undefined);
    if (plan !== undefined) return { base, plan };
  }
  throw new Error('No eight neighbouring ports are free between 20000 and 32000.');
}

it('counts eight ports from the base', async () => {
  const { base, plan } = await firstFree();
  expect(plan).toEqual({
    dashboard: base,
    api: base + 1,
    identity: base + 2,
    endpoint: base + 3,
    simulatorRest: base + 4,
    simulatorGrpc: base + 5,
    simulatorControl: base + 6,
    database: base + 7,
  });
});

it('takes different free ports for base 0', async () => {
  expect(new Set(Object.values(await planPorts(0))).size).toBe(8);
});

it('names the port that is taken and what to do', async () => {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  try {
    await expect(planPorts(port)).rejects.toThrow(
      new RegExp(`\\b${port}\\b.* taken: stop the program .* CONEXT_PORT_BASE`),
    );
  } finally {
    await new Promise((closed) => server.close(closed));
  }
});

it.each([80, -1, 65_530, 1.5])('refuses %d as a base', async (base) => {
  await expect(planPorts(base)).rejects.toThrow('CONEXT_PORT_BASE must be a number from 1024');
});
