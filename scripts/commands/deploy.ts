import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as z from 'zod/mini';
import { qualifiedScope, scopeNames } from '../../contracts/access.ts';
import { maintained } from '../../contracts/maintenance.ts';
import { build, dashboardDist, root } from '../build.ts';
import { invokeOperator } from '../invoke-operator.ts';
import { announce, orOneSentence } from '../progress.ts';
import { uploadDashboard } from '../upload-dashboard.ts';
import { tool } from './finish.ts';

const help = `Deploys Conext Ads to the AWS account you are signed in to.

  npm run deploy -- --stage prod --region eu-central-1 [--profile NAME] [--alarm-email YOU@EXAMPLE.COM]
                    [--no-schedules] [--yes]

  --stage         2 to 12 lower-case letters and digits; "prod" keeps its data when stacks are removed
  --region        AWS region; it must be bootstrapped once: npx cdk bootstrap aws://ACCOUNT/REGION
  --profile       AWS profile, as for the AWS CLI
  --alarm-email   who is told of alarms
  --no-schedules  without scheduled loads
  --yes           do not ask before changes to permissions

docs/deploy.md takes you through it step by step.
`;

function read(): {
  stage: string;
  region: string;
  profile: string | undefined;
  alarmEmail: string | undefined;
  schedules: 'off' | undefined;
  yes: boolean;
} {
  try {
    const { values } = parseArgs({
      options: {
        stage: { type: 'string' },
        region: { type: 'string' },
        profile: { type: 'string' },
        'alarm-email': { type: 'string' },
        'no-schedules': { type: 'boolean', default: false },
        yes: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) {
      process.stdout.write(help);
      process.exit(0);
    }
    if (values.stage === undefined || values.region === undefined) {
      throw new Error('--stage and --region are needed.');
    }
    if (!/^[a-z0-9]{2,12}$/.test(values.stage)) {
      throw new Error(`--stage must be 2 to 12 lower-case letters and digits; found "${values.stage}".`);
    }
    if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(values.region)) {
      throw new Error(`--region must be an AWS region such as eu-central-1; found "${values.region}".`);
    }
    if (values.stage === 'local') {
      throw new Error('The stage "local" is the laptop’s; choose another name, such as "dev".');
    }
    return {
      stage: values.stage,
      region: values.region,
      profile: values.profile,
      alarmEmail: values['alarm-email'],
      schedules: values['no-schedules'] ? 'off' : undefined,
      yes: values.yes,
    };
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${help}`);
    process.exit(2);
  }
}

const options = read();
await orOneSentence(build(announce));

const scratch = await mkdtemp(join(tmpdir(), 'conext-deploy-'));
try {
  const outputsFile = join(scratch, 'outputs.json');
  const { stage, region, alarmEmail, schedules } = options;
  const context = { stage, region, alarmEmail, schedules };
  const args = [
    'deploy',
    '--all',
    '--output',
    join(scratch, 'cdk.out'),
    '--outputs-file',
    outputsFile,
    ...(options.profile === undefined ? [] : ['--profile', options.profile]),
    ...(options.yes ? ['--require-approval', 'never'] : []),
    ...Object.entries(context).flatMap(([key, value]) => (value === undefined ? [] : ['-c', `${key}=${value}`])),
  ];
  const child = spawn(tool('cdk'), args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, AWS_REGION: options.region },
  });
  const code = await new Promise<number>((resolve, reject) =>
    child.on('error', reject).on('exit', (status) => resolve(status ?? 1)),
  );
  if (code !== 0) {
    process.stderr.write(
      'The deployment stopped; the lines above say why. Nothing is lost: run the same command again.\n',
    );
    process.exit(code);
  }

  const changed = z.parse(
    maintained,
    await invokeOperator(options, 'integrations/maintain-warehouse', { tasks: ['schema'] }),
  );
  if (changed.columnsAdded.length > 0) process.stdout.write(`New columns  ${changed.columnsAdded.join(', ')}\n`);

  const outputs = JSON.parse(await readFile(outputsFile, 'utf8')) as Record<string, Record<string, string>>;
  const output = (stack: string, name: string): string => {
    const value = outputs[`Conext-${options.stage}-${stack}`]?.[name];
    if (value === undefined) {
      throw new Error(`The stack ${stack} has no output ${name}.`);
    }
    return value;
  };
  await uploadDashboard({
    folder: dashboardDist,
    bucket: output('Dashboard', 'FilesBucket'),
    region: options.region,
    profile: options.profile,
    config: {
      apiUrl: output('Api', 'ApiUrl').replace(/\/$/, ''),
      issuer: output('Identity', 'Issuer'),
      clientId: output('Identity', 'DashboardClientId'),
      scopes: ['openid', 'email', ...scopeNames.map(qualifiedScope)],
      signOutUrl: `${output('Identity', 'SignInDomain')}/logout`,
    },
  });
  process.stdout.write(`\nDashboard  ${output('Dashboard', 'DashboardUrl')}\nAPI        ${output('Api', 'ApiUrl')}\n`);
  process.stdout.write('Next: create a user and a workspace, see docs/deploy.md.\n');
} finally {
  await rm(scratch, { recursive: true, force: true });
}
