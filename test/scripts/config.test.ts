import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settingKeys } from '../../contracts/settings.ts';
import { newId } from '../../domain/integrations/ids.ts';
import { serveAwsAnswers } from '../adapters/aws-answers.ts';

const command = join(import.meta.dirname, '..', '..', 'scripts', 'commands', 'config.ts');
const workspaceId = newId('wsp', Date.now());

let aws: Awaited<ReturnType<typeof serveAwsAnswers>>;
/** What the stage's parameter holds; nobody made it while it is undefined. */
let parameter: string | undefined;

beforeAll(async () => {
  aws = await serveAwsAnswers((operation, input) => {
    if (operation.startsWith('GET /2015-03-31/functions/conext-prod-gateway-manage-settings/')) {
      const Variables = { STAGE_SETTINGS: '{"lookBack.google-ads.days":40}', STATE_TABLE: 'state' };
      return { body: { Environment: { Variables } } };
    }
    if (operation === 'GetParameter' && input['Name'] === '/conext/prod/settings') {
      return parameter === undefined
        ? { status: 400, body: { __type: 'ParameterNotFound' } }
        : { body: { Parameter: { Value: parameter } } };
    }
    if (operation === 'GetItem') {
      const value = { M: { 'lookBack.google-ads.days': { N: '60' } } };
      return {
        body: {
          Item: {
            values: value,
            revision: { N: '1' },
            changedAt: { S: '2026-11-01T00:00:00Z' },
            changedBy: { S: 'u' },
          },
        },
      };
    }
    return { status: 400, body: { __type: 'ResourceNotFoundException', message: operation } };
  });
});
afterAll(() => aws[Symbol.asyncDispose]());

async function config(...args: string[]): Promise<{ status: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [command, ...args], {
    env: {
      PATH: process.env['PATH'],
      AWS_ENDPOINT_URL: aws.endpoint,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      CONEXT_HOME: join(import.meta.dirname, 'no-such-home'),
    },
  });
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
const deployed = ['--stage', 'prod', '--region', 'eu-central-1'];

describe('npm run config', () => {
  it('explains a value of a deployed stage by every layer', async () => {
    parameter = '{"lookBack.google-ads.days":50}';
    const { status, out } = await config(
      'explain',
      'lookBack.google-ads.days',
      ...deployed,
      '--workspace',
      workspaceId,
    );
    expect(status).toBe(0);
    expect(out).toMatch(/^lookBack\.google-ads\.days = 60 days\n/);
    expect(
      out
        .split('\n')
        .slice(4)
        .map((line) => line.trim().replaceAll(/\s+/g, ' ')),
    ).toEqual([
      'default the platform’s own, 30',
      'stage 40 (settings/prod.json as it was deployed)',
      'parameter-store 50 (parameter /conext/prod/settings)',
      `workspace 60 (workspace ${workspaceId}) <- holds`,
      '',
    ]);
  });

  it('says what it did not look at', async () => {
    parameter = undefined;
    const { out } = await config('explain', 'lookBack.google-ads.days', ...deployed);
    expect(out).toContain('not seen: name one with --workspace');
    expect(out).toMatch(/stage +40 .*<- holds/);
    const offline = await config('list', '--stage', 'prod');
    expect(offline.out).toContain('Not seen: parameter-store, needs --region.');
  });

  it('lists every setting', async () => {
    const { status, out } = await config('list', ...deployed);
    expect(status).toBe(0);
    expect(
      out
        .split('\n')
        .slice(0, settingKeys.length)
        .map((line) => line.split(' ')[0]),
    ).toEqual(settingKeys);
  });

  it('tells everything that is wrong in a layer at once', async () => {
    parameter = '{"lookBack.google-ads.days":0,"rateLevel.tiktok-ads":"gold","typo":1}';
    const { status, err } = await config('validate', ...deployed);
    expect(status).toBe(1);
    expect(err.trim().split('\n')).toEqual([
      'parameter /conext/prod/settings: lookBack.google-ads.days must be a whole number of days from 1 to 365, or null for the platform’s own',
      'parameter /conext/prod/settings: rateLevel.tiktok-ads must be basic, advanced or premium',
      'parameter /conext/prod/settings: typo is not a setting',
    ]);
    parameter = undefined;
    expect((await config('validate', ...deployed)).status).toBe(0);
    expect((await config('validate')).status).toBe(0);
  });

  it.each([
    [[], 'Say list, explain or validate.'],
    [['explain'], 'explain takes one KEY.'],
    [['explain', 'lookback'], 'There is no setting "lookback". Near it: lookBack.google-ads.days'],
    [['list', 'everything'], 'list takes no further words.'],
    [['destroy'], 'There is no "destroy" here.'],
    [['list', '--stage', 'No Stage'], '"No Stage" is no stage.'],
    [['list', '--colour'], "Unknown option '--colour'"],
  ])('refuses %j with status 2 and a sentence', async (args, sentence) => {
    const { status, out, err } = await config(...args);
    expect([status, out]).toEqual([2, '']);
    expect(err).toContain(sentence);
  });

  it('helps', async () => {
    const { status, out } = await config('--help');
    expect(status).toBe(0);
    expect(out).toContain('npm run config -- explain KEY');
  });
});
