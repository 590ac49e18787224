import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const root = join(import.meta.dirname, '..', '..', '..');
const jars = join(root, '.cache', 'kafka', 'jars');
const oldestJava = 17;
const startMs = 40_000;

/** What is missing for a real broker and how to get it; `undefined` when all is there. */
export function missingForBroker(): string | undefined {
  let said = '';
  try {
    said = execFileSync('java', ['--version'], { encoding: 'utf8', timeout: 10_000 });
  } catch {
    return `No Java runs here: install Java ${oldestJava} or later (on Debian: apt-get install openjdk-17-jre-headless), then "npm run kafka:fetch".`;
  }
  const version = Number(/\s(\d+)/.exec(said)?.[1]);
  if (!(version >= oldestJava))
    return `Java is ${version} here: install ${oldestJava} or later, then "npm run kafka:fetch".`;
  if (!existsSync(jars) || !readdirSync(jars).some((name) => name.startsWith('kafka_2.13-'))) {
    return 'The broker’s jars are not in .cache/kafka: run "npm run kafka:fetch" (it needs Maven and Maven Central).';
  }
  return undefined;
}

export interface Broker {
  readonly address: string;
  stop(): Promise<void>;
}

/** One Kafka node that is its own controller (KRaft), with its log in a temporary folder. */
export async function startBroker(): Promise<Broker> {
  const folder = mkdtempSync(join(tmpdir(), 'conext-kafka-'));
  const [port, controller] = [await freePort(), await freePort()];
  const properties = join(folder, 'server.properties');
  writeFileSync(
    properties,
    [
      'process.roles=broker,controller',
      'node.id=1',
      `controller.quorum.voters=1@127.0.0.1:${controller}`,
      `listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controller}`,
      `advertised.listeners=PLAINTEXT://127.0.0.1:${port}`,
      'listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
      'controller.listener.names=CONTROLLER',
      `log.dirs=${join(folder, 'log')}`,
      'offsets.topic.replication.factor=1',
      'offsets.topic.num.partitions=1',
      'transaction.state.log.replication.factor=1',
      'transaction.state.log.min.isr=1',
      'share.coordinator.state.topic.replication.factor=1',
      'group.initial.rebalance.delay.ms=0',
      'auto.create.topics.enable=false',
    ].join('\n'),
  );
  const java = (main: string, ...args: string[]): string[] => [
    '-Xmx256m',
    '-XX:TieredStopAtLevel=1',
    '-cp',
    join(jars, '*'),
    main,
    ...args,
  ];
  execFileSync('java', java('kafka.tools.StorageTool', 'format', '-t', 'AAAAAAAAQACAAAAAAAAAAQ', '-c', properties), {
    timeout: startMs,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const child = spawn('java', java('kafka.Kafka', properties), { stdio: ['ignore', 'pipe', 'pipe'], cwd: folder });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-5_000);
    });
  }
  const stop = async (): Promise<void> => {
    await ended(child);
    rmSync(folder, { recursive: true, force: true });
  };
  const { Admin } = await import('@platformatic/kafka');
  const until = Date.now() + startMs;
  for (;;) {
    if (child.exitCode !== null || Date.now() > until) {
      await stop();
      throw new Error(`The broker did not start:\n${said}`);
    }
    const admin = new Admin({ clientId: 'test', bootstrapBrokers: [`127.0.0.1:${port}`], retries: 0, timeout: 1_000 });
    const up = await admin.listTopics().then(
      () => true,
      () => false,
    );
    await admin.close();
    if (up) return { address: `127.0.0.1:${port}`, stop };
    await wait(200);
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const over = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await over;
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (typeof address === 'object' && address !== null ? resolve(address.port) : reject(address)));
    });
  });
