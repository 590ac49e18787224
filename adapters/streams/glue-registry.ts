import { AppError } from '../../domain/errors.ts';
import { type AwsCall, createAwsCall } from '../aws-json.ts';
import type { Config } from '../config.ts';
import type { SchemaRegistry } from './schema-registry.ts';

/** AWS Glue’s registry. Every answer stays true for good, so callers may keep them; this keeps none. */
export function createGlueRegistry(
  config: Config<'aws' | 'credentials' | 'schemas'>,
  call: AwsCall = createAwsCall(config, { name: 'glue', target: 'AWSGlue' }),
): SchemaRegistry {
  const { registry } = config.schemas;
  return {
    async idOf(schemaName, definition) {
      const answer = await call('GetSchemaByDefinition', {
        SchemaId: { RegistryName: registry, SchemaName: schemaName },
        SchemaDefinition: JSON.stringify(definition),
      }).catch((error: unknown) => {
        if (!(error instanceof AppError) || error.code !== 'not-found') throw error;
        throw new AppError(
          'internal',
          `The registry ${registry} does not hold this release's ${schemaName}: deploy it.`,
          {
            cause: error,
          },
        );
      });
      if (typeof answer.SchemaVersionId !== 'string' || answer.Status !== 'AVAILABLE') {
        throw new AppError('unavailable', `Glue answered ${schemaName} as ${String(answer.Status)}.`);
      }
      return answer.SchemaVersionId;
    },
    async definitionOf(id) {
      try {
        const { SchemaDefinition } = await call('GetSchemaVersion', { SchemaVersionId: id });
        return JSON.parse(String(SchemaDefinition)) as object;
      } catch (error) {
        if (error instanceof AppError && isNoVersion(error)) return undefined;
        throw error;
      }
    },
  };
}

/** Glue answers an id nobody has with `EntityNotFoundException`, and one that is none with `InvalidInputException`. */
const isNoVersion = (error: AppError): boolean =>
  error.code === 'not-found' || (error.cause instanceof Error && error.cause.name === 'InvalidInputException');
