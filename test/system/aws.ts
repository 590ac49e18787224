/** The local AWS endpoint as an operator's tools and a function's own keys reach it. */
import { join } from 'node:path';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { createSignedFetch } from '../../adapters/signed-fetch.ts';
import type { ProvisionWorkspace } from '../../contracts/provisioning.ts';
import type { RunningSystem } from '../../local/boot/start-local.ts';
import { type Credentials, openCredentialBook } from '../../local/endpoint/credentials.ts';
import type { TestSystem } from './running-system.ts';

export function clientOptions({ aws, region }: RunningSystem, credentials: Credentials = aws) {
  const { accessKeyId, secretAccessKey } = credentials;
  return { endpoint: aws.endpointUrl, region, maxAttempts: 1, credentials: { accessKeyId, secretAccessKey } };
}

/** The keys that a function of this system is given. */
export const keysOfFunction = (system: TestSystem, name: string): Credentials =>
  openCredentialBook(join(system.home, 'credentials-seed')).issue(`function conext-local-${name}`, undefined);

/** Invokes a function as an operator does; throws when it fails. */
export async function invoke(system: TestSystem, functionName: string, payload: object): Promise<unknown> {
  const lambda = new LambdaClient(clientOptions(system.running));
  try {
    const answer = await lambda.send(
      new InvokeCommand({ FunctionName: functionName, Payload: Buffer.from(JSON.stringify(payload)) }),
    );
    const text = Buffer.from(answer.Payload ?? []).toString('utf8');
    if (answer.FunctionError !== undefined) throw new Error(`${functionName}: ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  } finally {
    lambda.destroy();
  }
}

export interface OtherWorkspace {
  readonly workspaceId: string;
  readonly token: string;
}

/** Another tenant with a machine client of its own and the same platform credentials. */
export async function provisionOther(
  system: TestSystem,
  connections: ProvisionWorkspace['connections'],
): Promise<OtherWorkspace> {
  const { clients, tokenUrl, issuer } = system.running.description;
  const scopes = clients.automation?.scopes ?? [];
  const client = (await cognito(system.running, 'CreateUserPoolClient', {
    UserPoolId: new URL(issuer).pathname.split('/').at(-1),
    ClientName: 'other',
    GenerateSecret: true,
    AllowedOAuthFlows: ['client_credentials'],
    AllowedOAuthFlowsUserPoolClient: true,
    AllowedOAuthScopes: scopes,
  })) as { readonly UserPoolClient: { readonly ClientId: string; readonly ClientSecret: string } };
  const { ClientId, ClientSecret } = client.UserPoolClient;
  const order: ProvisionWorkspace = {
    workspace: { name: 'Another shop', currency: 'USD' },
    members: [],
    clients: [{ clientId: ClientId, scopes: ['accounts.read', 'metrics.read', 'pipelines.read', 'pipelines.run'] }],
    connections,
  };
  const { workspaceId } = (await invoke(system, 'conext-local-gateway-provision-workspace', order)) as OtherWorkspace;
  const token = await clientToken(tokenUrl, ClientId, ClientSecret, scopes);
  return { workspaceId, token };
}

export async function clientToken(
  tokenUrl: string,
  clientId: string,
  clientSecret: string,
  scopes: readonly string[],
): Promise<string> {
  const response = await fetch(tokenUrl, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope: scopes.join(' ') }),
  });
  const answer = (await response.json()) as { readonly access_token?: string };
  if (answer.access_token === undefined) throw new Error(`${response.status} ${JSON.stringify(answer)}`);
  return answer.access_token;
}

async function cognito({ aws, region }: RunningSystem, operation: string, input: object): Promise<unknown> {
  const signed = createSignedFetch(
    {
      aws: { region, endpoint: aws.endpointUrl, s3Endpoint: undefined },
      credentials: { accessKeyId: aws.accessKeyId, secretAccessKey: aws.secretAccessKey, sessionToken: undefined },
    },
    'cognito-idp',
  );
  const response = await signed(aws.endpointUrl, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
    },
    body: JSON.stringify(input),
    signal: AbortSignal.timeout(10_000),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${operation}: ${response.status} ${text}`);
  return JSON.parse(text);
}
