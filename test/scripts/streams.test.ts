import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { blockMillis } from '../../contracts/streams/windows.ts';
import { type RebuiltWindows, rebuildWindows } from '../../contracts/window-rebuild.ts';
import { newId } from '../../domain/integrations/ids.ts';
import { serveAwsAnswers } from '../adapters/aws-answers.ts';

const command = join(import.meta.dirname, '..', '..', 'scripts', 'commands', 'streams.ts');
const workspaceId = newId('wsp', Date.now());
const hour = 3_600_000;
const invocation = (stage: string) =>
  `POST /2015-03-31/functions/conext-${stage}-integrations-rebuild-windows/invocations`;

let aws: Awaited<ReturnType<typeof serveAwsAnswers>>;
let home: string;
/** What the function finds, and how far it comes in one call. */
let finds: Partial<RebuiltWindows>;
let reachMs: number;
const same: RebuiltWindows = {
  ...{ from: '', to: '', compared: 12, different: 0, differences: [], replaced: 0, idsAdded: 0, unsettled: [] },
};

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'conext-streams-'));
  // As functions/integrations/rebuild-windows answers: whole blocks, 48 hours at most, as far as its time allows.
  aws = await serveAwsAnswers((operation, input) => {
    const named = ['local', 'prod'].some((stage) => operation === invocation(stage));
    if (!named) return { status: 404, body: { message: `Function not found: ${operation}` } };
    const asked = z.parse(rebuildWindows, input);
    const from = Math.floor(Date.parse(asked.from) / blockMillis) * blockMillis;
    const to = Math.ceil(Date.parse(asked.to) / blockMillis) * blockMillis;
    if (to - from > 48 * hour) return { body: { errorMessage: 'The window must be at most 48 hours long.' } };
    const reached = new Date(Math.min(to, from + reachMs)).toISOString();
    return { body: { ...same, from: new Date(from).toISOString(), to: reached, ...finds } };
  });
  writeFileSync(
    join(home, 'local.json'),
    JSON.stringify({
      aws: {
        endpointUrl: aws.endpoint,
        region: 'eu-central-1',
        accessKeyId: 'operator',
        secretAccessKey: 'local',
        deadLettersUrl: `${aws.endpoint}/dead-letters`,
        schemaRegistry: 'conext-local',
      },
    }),
  );
});
afterAll(async () => {
  await aws[Symbol.asyncDispose]();
  rmSync(home, { recursive: true, force: true });
});
beforeEach(() => {
  aws.calls.length = 0;
  finds = {};
  reachMs = 48 * hour;
});

async function streams(args: readonly string[], env: Record<string, string> = { CONEXT_HOME: home }) {
  const child = spawn(process.execPath, [command, ...args], { env: { PATH: process.env['PATH'], ...env } });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const status = await new Promise<number | null>((ended, failed) => child.on('error', failed).on('close', ended));
  return { status, out, err };
}
const window = (from: string, to: string) => ['--workspace', workspaceId, '--from', from, '--to', to];
const asked = () => aws.calls.map(({ input }) => [input['mode'], input['from'], input['to']]);

describe('npm run streams', () => {
  it('asks for a window once and says that nothing differs', async () => {
    expect(await streams(['verify', ...window('2026-11-20T10:00Z', '2026-11-20T15:00+01:00')])).toEqual({
      status: 0,
      out: '2026-11-20T10:00:00.000Z to 2026-11-20T14:00:00.000Z: 12 numbers compared, 0 differ\n',
      err: '',
    });
    expect(aws.calls.map(({ input }) => input['workspaceId'])).toEqual([workspaceId]);
    expect(asked()).toEqual([['verify', '2026-11-20T10:00:00.000Z', '2026-11-20T14:00:00.000Z']]);
  });

  it('asks for a long window piece by piece, wherever in a block of minutes it begins', async () => {
    const { status, out } = await streams(['rebuild', ...window('2026-11-16T10:05Z', '2026-11-20T10:01Z')]);
    expect([status, out.match(/0 items replaced, 0 ids added/g)?.length]).toEqual([0, 3]);
    expect(asked()).toEqual([
      ['rebuild', '2026-11-16T10:00:00.000Z', '2026-11-18T10:00:00.000Z'],
      ['rebuild', '2026-11-18T10:00:00.000Z', '2026-11-20T10:00:00.000Z'],
      ['rebuild', '2026-11-20T10:00:00.000Z', '2026-11-20T10:01:00.000Z'],
    ]);
  });

  it('goes on from where the function had no more time', async () => {
    reachMs = 2 * hour;
    await streams(['verify', ...window('2026-11-20T10:00Z', '2026-11-20T14:30Z')]);
    expect(asked().map(([, from]) => from)).toEqual([10, 12, 14].map((at) => `2026-11-20T${at}:00:00.000Z`));
  });

  it('shows what differs as a table, and verify ends with 1', async () => {
    const key = `acc_${'1'.repeat(26)} cmp_${'2'.repeat(26)} - - EUR`;
    const minute = { window: 'minute', at: '2026-11-20T10:01:00.000Z', key } as const;
    finds = {
      different: 7,
      differences: [
        { ...minute, counter: 'clicks', counted: 12, inLake: 9 },
        { window: 'hour', at: '2026-11-20 11:00', key, counter: 'spendMicros', counted: 0, inLake: 4_500_000 },
      ],
      unsettled: ['2026-11-20T13:50:00.000Z'],
    };
    const question = window('2026-11-20T10:00Z', '2026-11-20T14:00Z');
    const { status, out } = await streams(['verify', ...question]);
    expect(status).toBe(1);
    expect(out.trimEnd().split('\n')).toEqual([
      '2026-11-20T10:00:00.000Z to 2026-11-20T14:00:00.000Z: 12 numbers compared, 7 differ',
      '  window  at                        counter      counted  in the lake  of (account campaign ad-group ad currency)',
      `  minute  2026-11-20T10:01:00.000Z  clicks            12            9  ${key}`,
      `  hour    2026-11-20 11:00          spendMicros        0      4500000  ${key}`,
      '  and 5 more',
      '  still changing, left alone: 2026-11-20T13:50:00.000Z',
    ]);
    finds = { ...finds, replaced: 3, idsAdded: 2 };
    const rebuilt = await streams(['rebuild', ...question]);
    expect(rebuilt.status).toBe(0);
    expect(rebuilt.out).toContain('7 differ, 3 items replaced, 2 ids added\n');
  });

  it('does not ask for ever: a function that comes no further ends it', async () => {
    reachMs = 0;
    const { status, err } = await streams(['verify', ...window('2026-11-20T10:00Z', '2026-11-20T14:00Z')]);
    expect([status, err, aws.calls.length]).toEqual([1, 'The function came no further.\n', 1]);
  });

  it('asks the function of the stage it is told, with the caller’s own keys', async () => {
    const env = { AWS_ENDPOINT_URL: aws.endpoint, AWS_ACCESS_KEY_ID: 'me', AWS_SECRET_ACCESS_KEY: 'mine' };
    const question = [...window('2026-11-20T10:00Z', '2026-11-20T14:00Z'), '--region', 'eu-central-1', '--stage'];
    expect((await streams(['verify', ...question, 'prod'], env)).status).toBe(0);
    expect(aws.calls.map(({ operation }) => operation)).toEqual([invocation('prod')]);
    const gone = await streams(['verify', ...question, 'gone'], env);
    expect([gone.status, gone.out]).toEqual([1, '']);
    expect(gone.err).toContain('Function not found');
  });

  it('says that nothing runs here, and what to do', async () => {
    const { status, err } = await streams(['verify', ...window('2026-11-20T10:00Z', '2026-11-20T14:00Z')], {
      CONEXT_HOME: join(home, 'none'),
    });
    expect(status).toBe(1);
    expect(err).toContain('No system runs on this machine');
  });

  it('helps', async () => {
    const { status, out } = await streams(['--help']);
    expect([status, out.includes('npm run streams -- rebuild')]).toEqual([0, true]);
  });

  it('refuses what it does not understand with status 2 and a sentence', async () => {
    const whole = window('2026-11-20T10:00Z', '2026-11-20T14:00Z');
    const wrong: readonly [readonly string[], string][] = [
      [[], 'Say verify or rebuild.'],
      [['verify', 'all'], 'Say verify or rebuild.'],
      [['verify'], '--workspace must be an id like wsp_…'],
      [['verify', ...window('2026-11-20T14:00Z', '2026-11-20T10:00Z')], 'the first the earlier'],
      // Of which zone?
      [['verify', ...window('2026-11-20T10:00', '2026-11-20T14:00')], '--from and --to must be instants'],
      [['verify', ...whole, '--stage', 'prod'], 'needs --region'],
      [['verify', ...whole, '--region', 'eu-central-1'], 'go with --stage'],
      [['verify', ...whole, '--stage', 'No'], '"No" is no stage.'],
      [['verify', ...whole, '--force'], "Unknown option '--force'"],
    ];
    const answers = await Promise.all(
      wrong.map(async ([args, sentence]) => ({ args, sentence, ...(await streams(args)) })),
    );
    for (const { args, sentence, status, out, err } of answers) {
      expect([args, status, out]).toEqual([args, 2, '']);
      expect(err).toContain(sentence);
    }
    expect(aws.calls).toEqual([]);
  });
});
