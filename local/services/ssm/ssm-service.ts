/** Systems Manager parameters. SecureString values are kept as they are, in a file that only its owner reads. */
import { join } from 'node:path';
import { type AccessNeed, AwsError, type LocalService, type Provisioner } from '../../ports.ts';
import { JsonFile } from '../json-file.ts';
import { type JsonOperations, jsonDispatch } from '../json-operations.ts';
import { type JsonObject, optionalNumber, optionalText, textOf, textsOf } from '../json-protocol.ts';
import { arnOf, type ServiceSettings } from '../place.ts';
import { type PropertySupport, refuseUnlisted } from '../property-support.ts';

interface Parameter {
  readonly name: string;
  readonly type: string;
  readonly value: string;
  readonly version: number;
  /** Epoch milliseconds. */
  readonly modified: number;
}

const PARAMETER: PropertySupport = {
  Name: 'honoured',
  Type: 'honoured',
  Value: 'honoured',
  Description: 'harmless',
  Tier: 'harmless',
  Tags: 'harmless',
  AllowedPattern: 'harmless', // checked by CloudFormation when it deploys
  DataType: (value) => (value === 'text' ? undefined : `${String(value)} is not supported locally`),
};

const TYPES = ['String', 'StringList', 'SecureString'];
const MAX_PAGE = 10;

export function createSsm(settings: ServiceSettings): LocalService & Provisioner {
  const file = new JsonFile<Record<string, Parameter>>(join(settings.dataDir, 'ssm', 'parameters.json'), {}, 0o600);
  /** `/a/b` has the ARN `…:parameter/a/b`, `a` has `…:parameter/a`. */
  const arn = (name: string): string =>
    name.startsWith('arn:') ? name : arnOf(settings, 'ssm', `parameter/${name.replace(/^\//, '')}`);
  const need = (action: string, name: string): AccessNeed => ({ action: `ssm:${action}`, resource: arn(name) });
  const find = (name: string): Parameter | undefined => {
    const plain = name.startsWith('arn:') ? name.slice(name.indexOf(':parameter') + ':parameter'.length) : name;
    return file.state[plain] ?? (name.startsWith('arn:') ? file.state[plain.slice(1)] : undefined);
  };
  const show = (parameter: Parameter): JsonObject => ({
    Name: parameter.name,
    Type: parameter.type,
    Value: parameter.value,
    Version: parameter.version,
    LastModifiedDate: parameter.modified / 1000,
    ARN: arn(parameter.name),
    DataType: 'text',
  });
  const put = (name: string, type: string, value: string): Parameter => {
    const parameter = { name, type, value, version: (file.state[name]?.version ?? 0) + 1, modified: settings.clock() };
    file.state[name] = parameter;
    file.save();
    return parameter;
  };

  const operations: JsonOperations = {
    GetParameter: {
      access: (input) => [need('GetParameter', textOf(input, 'Name'))],
      run: (input) => {
        const parameter = find(textOf(input, 'Name'));
        if (parameter === undefined)
          throw new AwsError('ParameterNotFound', `Parameter ${textOf(input, 'Name')} not found.`);
        return { Parameter: show(parameter) };
      },
    },
    GetParameters: {
      access: (input) => textsOf(input, 'Names').map((name) => need('GetParameters', name)),
      run: (input) => {
        const names = textsOf(input, 'Names');
        return {
          Parameters: names
            .map(find)
            .filter((parameter) => parameter !== undefined)
            .map(show),
          InvalidParameters: names.filter((name) => find(name) === undefined),
        };
      },
    },
    GetParametersByPath: {
      access: (input) => [need('GetParametersByPath', textOf(input, 'Path'))],
      run: (input) => {
        const path = `${textOf(input, 'Path').replace(/\/$/, '')}/`;
        const limit = Math.min(optionalNumber(input, 'MaxResults') ?? MAX_PAGE, MAX_PAGE);
        const after = optionalText(input, 'NextToken') ?? '';
        const below = Object.values(file.state)
          .filter(
            ({ name }) => name.startsWith(path) && (input.Recursive === true || !name.slice(path.length).includes('/')),
          )
          .sort((left, right) => (left.name < right.name ? -1 : 1))
          .filter(({ name }) => name > after);
        const page = below.slice(0, limit);
        return { Parameters: page.map(show), ...(below.length > limit ? { NextToken: page.at(-1)?.name } : {}) };
      },
    },
    PutParameter: {
      access: (input) => [need('PutParameter', textOf(input, 'Name'))],
      run: (input) => {
        const name = textOf(input, 'Name');
        const existing = find(name);
        if (existing !== undefined && input.Overwrite !== true) {
          throw new AwsError(
            'ParameterAlreadyExists',
            'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
          );
        }
        const type = optionalText(input, 'Type') ?? existing?.type;
        if (type === undefined || !TYPES.includes(type))
          throw new AwsError('ValidationException', `Type must be one of ${TYPES.join(', ')}.`);
        return { Version: put(name, type, textOf(input, 'Value')).version, Tier: 'Standard' };
      },
    },
    DeleteParameter: {
      access: (input) => [need('DeleteParameter', textOf(input, 'Name'))],
      run: (input) => {
        const parameter = find(textOf(input, 'Name'));
        if (parameter === undefined)
          throw new AwsError('ParameterNotFound', `Parameter ${textOf(input, 'Name')} not found.`);
        delete file.state[parameter.name];
        file.save();
        return {};
      },
    },
  };

  return {
    name: 'ssm',
    types: ['AWS::SSM::Parameter'],
    ...jsonDispatch('Systems Manager', operations),
    refuse: (resource) => refuseUnlisted(resource, PARAMETER),
    provision: async (resource) => {
      const name = resource.physicalId;
      const type = optionalText(resource.properties, 'Type') ?? 'String';
      const value = textOf(resource.properties, 'Value');
      const existing = file.state[name];
      if (existing?.value !== value || existing.type !== type) put(name, type, value);
    },
    close: async () => undefined,
  };
}
