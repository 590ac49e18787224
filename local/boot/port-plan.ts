/** Which part of the system listens where. */
import { type AddressInfo, createServer, type Server } from 'node:net';
import { StartError } from './start-error.ts';

/** Offsets from CONEXT_PORT_BASE. */
const OFFSETS = {
  dashboard: 0,
  api: 1,
  identity: 2,
  endpoint: 3,
  simulatorRest: 4,
  simulatorGrpc: 5,
  simulatorControl: 6,
  database: 7,
} as const;

export type PortName = keyof typeof OFFSETS;
export type PortPlan = Readonly<Record<PortName, number>>;

const NAMES = Object.keys(OFFSETS) as readonly PortName[];

/** Base 0 takes any free ports. Throws `StartError` that names a port which is taken. */
export async function planPorts(base: number): Promise<PortPlan> {
  if (!Number.isInteger(base) || base < 0 || base + NAMES.length > 65_535 || (base > 0 && base < 1024)) {
    throw new StartError(`CONEXT_PORT_BASE must be a number from 1024 to ${65_535 - NAMES.length}; found ${base}.`);
  }
  const held = await Promise.all(
    NAMES.map(async (name) => {
      const port = base === 0 ? 0 : base + OFFSETS[name];
      return [name, await hold(port)] as const;
    }),
  );
  const plan = held.map(([name, { port }]) => [name, port] as const);
  await Promise.all(held.map(([, { server }]) => release(server)));
  const taken = held.filter(([, { server }]) => server === undefined).map(([, { port }]) => port);
  if (taken.length > 0) {
    const [are, them] = taken.length === 1 ? [`Port ${taken[0]} is`, 'it'] : [`Ports ${taken.join(', ')} are`, 'them'];
    throw new StartError(
      `${are} taken: stop the program that uses ${them}, or set CONEXT_PORT_BASE to the first of ${NAMES.length} free ports.`,
    );
  }
  return Object.fromEntries(plan) as PortPlan;
}

interface Held {
  readonly port: number;
  /** Absent when the port is taken. */
  readonly server: Server | undefined;
}

async function hold(port: number): Promise<Held> {
  const server = createServer();
  try {
    await new Promise<void>((listening, failed) => {
      server.once('error', failed);
      server.listen(port, '127.0.0.1', listening);
    });
  } catch {
    return { port, server: undefined };
  }
  return { port: (server.address() as AddressInfo).port, server };
}

async function release(server: Server | undefined): Promise<void> {
  if (server !== undefined) await new Promise((closed) => server.close(closed));
}
