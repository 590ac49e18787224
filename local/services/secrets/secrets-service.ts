/** Secrets Manager: values with versions and stages. Rotation is not run here. */
import { join } from 'node:path';
import { type AccessNeed, AwsError, type LocalService, type Provisioner } from '../../ports.ts';
import { type JsonOperations, jsonDispatch } from '../json-operations.ts';
import { isObject, type JsonObject, optionalNumber, optionalText, textOf, textsOf } from '../json-protocol.ts';
import type { ServiceSettings } from '../place.ts';
import { type PropertySupport, refuseUnlisted } from '../property-support.ts';
import { generateSecretString } from './generated-password.ts';
import { type Secret, SecretStore, type SecretValue, type SecretVersion } from './secret-store.ts';

const SECRET: PropertySupport = {
  Name: 'honoured',
  Description: 'honoured',
  SecretString: 'honoured',
  GenerateSecretString: 'honoured',
  KmsKeyId: 'harmless',
  Tags: 'harmless',
};

/** As AWS has it when the caller names no window; the value is kept until it is restored or the folder is deleted. */
const DEFAULT_RECOVERY_DAYS = 30;
const MAX_SECRET_BYTES = 65_536;
const seconds = (milliseconds: number): number => milliseconds / 1000;

export function createSecrets(settings: ServiceSettings): LocalService & Provisioner {
  const store = new SecretStore(join(settings.dataDir, 'secrets', 'secrets.json'), settings, settings.clock);
  const byId =
    (action: string) =>
    (input: JsonObject): readonly AccessNeed[] => [
      { action: `secretsmanager:${action}`, resource: store.arnFor(textOf(input, 'SecretId')) },
    ];
  const secretOf = (input: JsonObject): Secret => store.get(textOf(input, 'SecretId'));

  const operations: JsonOperations = {
    GetSecretValue: {
      access: byId('GetSecretValue'),
      run: (input) => {
        const secret = secretOf(input);
        const version = store.version(secret, optionalText(input, 'VersionId'), optionalText(input, 'VersionStage'));
        return {
          ...written(secret, version),
          ...(version.text === undefined ? {} : { SecretString: version.text }),
          ...(version.binary === undefined ? {} : { SecretBinary: version.binary }),
          CreatedDate: seconds(version.created),
        };
      },
    },
    CreateSecret: {
      access: (input) => [{ action: 'secretsmanager:CreateSecret', resource: store.arnFor(textOf(input, 'Name')) }],
      run: (input) => {
        const value = secretValueOf(input);
        const secret = store.create(textOf(input, 'Name'), value, {
          description: optionalText(input, 'Description'),
          token: optionalText(input, 'ClientRequestToken'),
        });
        return {
          ARN: secret.arn,
          Name: secret.name,
          ...(value === undefined ? {} : { VersionId: secret.versions[0]?.id }),
        };
      },
    },
    PutSecretValue: {
      access: byId('PutSecretValue'),
      run: (input) => {
        const secret = secretOf(input);
        const value = secretValueOf(input);
        if (value === undefined)
          throw new AwsError('InvalidRequestException', 'You must provide either SecretString or SecretBinary.');
        return written(
          secret,
          store.put(secret, value, textsOf(input, 'VersionStages'), optionalText(input, 'ClientRequestToken')),
        );
      },
    },
    UpdateSecret: {
      access: byId('UpdateSecret'),
      run: (input) => {
        const secret = secretOf(input);
        const description = optionalText(input, 'Description');
        if (description !== undefined) store.describe(secret, description);
        const value = secretValueOf(input);
        const version =
          value === undefined ? undefined : store.put(secret, value, [], optionalText(input, 'ClientRequestToken'));
        return { ARN: secret.arn, Name: secret.name, ...(version === undefined ? {} : { VersionId: version.id }) };
      },
    },
    DescribeSecret: {
      access: byId('DescribeSecret'),
      run: (input) => describeSecret(store.get(textOf(input, 'SecretId'), true)),
    },
    ListSecrets: {
      access: () => [{ action: 'secretsmanager:ListSecrets', resource: '*' }],
      run: (input) => {
        if (input.Filters !== undefined)
          throw new AwsError('UnsupportedLocally', 'The local Secrets Manager lists without Filters only.', 501);
        return {
          SecretList: store
            .all()
            .filter((secret) => secret.deleted === undefined)
            .map(describeSecret),
        };
      },
    },
    DeleteSecret: {
      access: byId('DeleteSecret'),
      run: (input) => {
        const secret = store.get(textOf(input, 'SecretId'), true);
        const atOnce = input.ForceDeleteWithoutRecovery === true;
        const days = atOnce ? 0 : (optionalNumber(input, 'RecoveryWindowInDays') ?? DEFAULT_RECOVERY_DAYS);
        store.delete(secret, atOnce);
        return { ARN: secret.arn, Name: secret.name, DeletionDate: seconds(settings.clock() + days * 86_400_000) };
      },
    },
    RestoreSecret: {
      access: byId('RestoreSecret'),
      run: (input) => {
        const secret = store.get(textOf(input, 'SecretId'), true);
        store.restore(secret);
        return { ARN: secret.arn, Name: secret.name };
      },
    },
  };

  return {
    name: 'secretsmanager',
    types: ['AWS::SecretsManager::Secret'],
    ...jsonDispatch('Secrets Manager', operations),
    refuse: (resource) => refuseUnlisted(resource, SECRET),
    provision: async (resource) => {
      // A generated value must stay what it was at the first start, as CloudFormation keeps it.
      if (store.find(resource.arn) !== undefined) return;
      const name = optionalText(resource.properties, 'Name') ?? nameFromArn(resource.arn);
      const generate = resource.properties.GenerateSecretString;
      const text = isObject(generate)
        ? generateSecretString(generate)
        : optionalText(resource.properties, 'SecretString');
      store.create(name, text === undefined ? undefined : { text }, {
        arn: resource.arn,
        description: optionalText(resource.properties, 'Description'),
      });
    },
    close: async () => undefined,
  };
}

function nameFromArn(arn: string): string {
  return (arn.split(':secret:')[1] ?? arn).replace(/-[A-Za-z0-9]{6}$/, '');
}

function secretValueOf(input: JsonObject): SecretValue | undefined {
  const text = optionalText(input, 'SecretString');
  const binary = optionalText(input, 'SecretBinary');
  if (Buffer.byteLength(text ?? binary ?? '') > MAX_SECRET_BYTES) {
    throw new AwsError('ValidationException', `A secret value holds at most ${MAX_SECRET_BYTES} bytes.`);
  }
  return text === undefined && binary === undefined ? undefined : { text, binary };
}

function written(secret: Secret, version: SecretVersion): JsonObject {
  return { ARN: secret.arn, Name: secret.name, VersionId: version.id, VersionStages: version.stages };
}

function describeSecret(secret: Secret): JsonObject {
  return {
    ARN: secret.arn,
    Name: secret.name,
    Description: secret.description,
    CreatedDate: seconds(secret.created),
    LastChangedDate: seconds(secret.changed),
    ...(secret.deleted === undefined ? {} : { DeletedDate: seconds(secret.deleted) }),
    VersionIdsToStages: Object.fromEntries(
      secret.versions.filter((version) => version.stages.length > 0).map((version) => [version.id, version.stages]),
    ),
  };
}
