import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { settingsParameter } from '../../adapters/settings.ts';
import { createSettingsStore } from '../../adapters/stores/settings-store.ts';
import { createStores } from '../../adapters/stores/stores.ts';
import { Table } from '../../adapters/stores/table.ts';
import { check, type FoundLayers, parse } from './layers.ts';

/** A deployed stage, read with the operator's own permissions: what its functions really hold, not what a file here says. */
export async function deployedLayers(question: {
  readonly stage: string;
  readonly region: string;
  readonly profile: string | undefined;
  readonly workspace: string | undefined;
}): Promise<FoundLayers> {
  const { stage, workspace } = question;
  const client = {
    region: question.region,
    ...(question.profile === undefined ? {} : { profile: question.profile }),
    maxAttempts: 3,
  };
  const name = `conext-${stage}-gateway-manage-settings`;
  const { Environment } = await new LambdaClient(client).send(
    new GetFunctionConfigurationCommand({ FunctionName: name }),
  );
  const { STAGE_SETTINGS = '{}', STATE_TABLE } = Environment?.Variables ?? {};
  const parameter = settingsParameter(`/conext/${stage}`);
  const written = await new SSMClient(client).send(new GetParameterCommand({ Name: parameter })).then(
    ({ Parameter }) => parse(Parameter?.Value ?? ''),
    (error: unknown) => {
      if (error instanceof Error && error.name === 'ParameterNotFound') return {};
      throw error;
    },
  );
  const found = {
    stage: check('stage', parse(STAGE_SETTINGS), `settings/${stage}.json as it was deployed`),
    'parameter-store': check('parameter-store', written, `parameter ${parameter}`),
  };
  if (workspace === undefined) return { found, unseen: { workspace: 'name one with --workspace' } };
  if (STATE_TABLE === undefined) throw new Error(`${name} names no state table; deploy the stage again.`);
  const { settings } = createStores(new Table(STATE_TABLE, new DynamoDBClient(client)), {
    settings: createSettingsStore,
  }).forWorkspace(workspace);
  const { values } = await settings.get();
  return { found: { ...found, workspace: check('workspace', values, `workspace ${workspace}`) }, unseen: {} };
}
