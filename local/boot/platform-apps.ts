/** Our app at each simulated platform, kept where operators keep the real ones, and where the platforms are reached. */
import type { ServiceRouter } from '../endpoint/service-router.ts';
import { AwsError, type Caller, type ResolvedResource } from '../ports.ts';
import { isObject } from '../services/json-protocol.ts';
import type { RunningSimulator } from './simulator-process.ts';
import { StartError } from './start-error.ts';

/** Fields of the app among what a platform lets us in with; the others are a connection's own. */
const APP_FIELDS: Readonly<Record<string, readonly string[]>> = {
  'google-ads': ['clientId', 'clientSecret', 'developerToken'],
  'tiktok-ads': ['appId', 'appSecret'],
  'linkedin-ads': ['clientId', 'clientSecret'],
};

/** Base URLs by platform and name, in place of the public ones. */
export function platformEndpoints({ restUrl, grpcUrl }: RunningSimulator): Record<string, Record<string, string>> {
  // One port serves every platform's API, token endpoint and consent page, each under its own paths.
  const everything = { api: restUrl, oauth: restUrl, authorize: restUrl };
  return {
    'google-ads': { ...everything, grpc: grpcUrl },
    'tiktok-ads': everything,
    'linkedin-ads': everything,
    // Pictures to upload on a machine without the internet; nowhere else is there such an entry.
    samples: { origin: restUrl },
  };
}

/** `conext/<stage>`, as the functions that provision connections are told. */
export function secretPrefixOf(resources: readonly ResolvedResource[]): string {
  for (const { type, properties } of resources) {
    if (type !== 'AWS::Lambda::Function') continue;
    const { Variables: variables } = (properties.Environment ?? {}) as { Variables?: Record<string, unknown> };
    if (typeof variables?.SECRET_PREFIX === 'string') return variables.SECRET_PREFIX;
  }
  throw new StartError('The templates hold no function with SECRET_PREFIX; build and synthesize them again.');
}

/** Repeatable: a secret that holds the same is left alone. */
export async function keepApps(
  router: ServiceRouter,
  caller: Caller,
  prefix: string,
  simulator: RunningSimulator,
): Promise<void> {
  for (const [platform, fields] of Object.entries(APP_FIELDS)) {
    const given = simulator.platforms[platform] ?? {};
    const app = Object.fromEntries(fields.map((field) => [field, given[field] ?? '']));
    const name = `${prefix}/apps/${platform}`;
    const call = (operation: string, input: object) =>
      router.call({ service: 'secretsmanager', operation, caller, body: JSON.stringify(input) });
    const SecretString = JSON.stringify(app);
    try {
      const held = await call('GetSecretValue', { SecretId: name });
      if (isObject(held) && held.SecretString === SecretString) continue;
      await call('PutSecretValue', { SecretId: name, SecretString });
    } catch (error) {
      if (!(error instanceof AwsError && error.code === 'ResourceNotFoundException')) throw error;
      await call('CreateSecret', { Name: name, SecretString });
    }
  }
}
