/** The part of the `cognito-idp` API that product code and scripts call: users and app clients of the one pool. */
import { randomBytes } from 'node:crypto';
import { AwsError, type AwsRequest, type AwsResponse, type LocalService, unsupported } from '../ports.ts';
import { answerJson, type JsonObject, objectsOf, optionalText, readJson, textOf } from '../services/json-protocol.ts';
import { type Client, type ClientRegistry, newClientId } from './client-registry.ts';
import { passwordProblem } from './password-policy.ts';
import { type PoolDefinition, readClient, standardScopes } from './pool-definition.ts';
import { refuseIdentityResource } from './supported-properties.ts';
import type { User, UserDirectory } from './user-directory.ts';

interface CognitoServiceParts {
  readonly pool: PoolDefinition;
  readonly users: UserDirectory;
  readonly clients: ClientRegistry;
}

type Operation = (parts: CognitoServiceParts, input: JsonObject) => Promise<JsonObject>;

const operations: Readonly<Record<string, Operation>> = {
  AdminCreateUser: adminCreateUser,
  AdminSetUserPassword: adminSetUserPassword,
  AdminGetUser: adminGetUser,
  CreateUserPoolClient: createUserPoolClient,
  DescribeUserPoolClient: describeUserPoolClient,
};

export function createCognitoService(parts: CognitoServiceParts): LocalService {
  const operationOf = (request: AwsRequest) => {
    const name = request.operation ?? '';
    const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
    if (operation === undefined) throw unsupported('Cognito', `the operation ${name}`);
    return operation;
  };
  return {
    name: 'cognito-idp',
    access(request) {
      operationOf(request);
      return [{ action: `cognito-idp:${request.operation}`, resource: parts.pool.arn }];
    },
    async handle(request): Promise<AwsResponse> {
      const operation = operationOf(request);
      const input = readJson(request);
      if (textOf(input, 'UserPoolId') !== parts.pool.id) {
        throw new AwsError('ResourceNotFoundException', `User pool ${String(input.UserPoolId)} does not exist.`);
      }
      return answerJson(await operation(parts, input));
    },
    close: async () => undefined,
  };
}

async function adminCreateUser({ pool, users }: CognitoServiceParts, input: JsonObject): Promise<JsonObject> {
  const attributes = Object.fromEntries(
    objectsOf(input, 'UserAttributes').map((attribute) => [String(attribute.Name), String(attribute.Value ?? '')]),
  );
  const email = attributes.email ?? textOf(input, 'Username');
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) throw new AwsError('InvalidParameterException', 'Username should be an email.');
  if (users.find(email) !== undefined) throw new AwsError('UsernameExistsException', 'User account already exists');
  const password = optionalText(input, 'TemporaryPassword');
  if (password !== undefined) refuseWeak(pool, password);
  const user = await users.put({
    email,
    attributes,
    password: password ?? randomBytes(24).toString('base64'),
    temporary: true,
  });
  return { User: describeUser(user, 'Attributes') };
}

async function adminSetUserPassword({ pool, users }: CognitoServiceParts, input: JsonObject): Promise<JsonObject> {
  const user = existing(users, input);
  const password = textOf(input, 'Password');
  refuseWeak(pool, password);
  await users.setPassword(user.sub, password, input.Permanent === true);
  return {};
}

async function adminGetUser({ users }: CognitoServiceParts, input: JsonObject): Promise<JsonObject> {
  return describeUser(existing(users, input), 'UserAttributes');
}

async function createUserPoolClient({ pool, clients }: CognitoServiceParts, input: JsonObject): Promise<JsonObject> {
  const name = textOf(input, 'ClientName');
  const refused = refuseIdentityResource({
    type: 'AWS::Cognito::UserPoolClient',
    stack: 'CreateUserPoolClient',
    logicalId: name,
    physicalId: name,
    arn: '',
    properties: input,
  });
  if (refused !== undefined) throw unsupported('Cognito', refused);
  const definition = readClient(newClientId(), name, input);
  const unknown = definition.scopes.find(
    (scope) => !standardScopes.includes(scope) && !pool.customScopes.includes(scope),
  );
  if (unknown !== undefined) throw new AwsError('ScopeDoesNotExistException', `Invalid scope requested: ${unknown}`);
  if (definition.flows.includes('client_credentials') && (!definition.hasSecret || definition.flows.length > 1)) {
    throw new AwsError(
      'InvalidOAuthFlowException',
      'client_credentials flow can not be selected without a client secret or along with another flow.',
    );
  }
  return { UserPoolClient: describeClient(pool, clients.put(definition)) };
}

async function describeUserPoolClient({ pool, clients }: CognitoServiceParts, input: JsonObject): Promise<JsonObject> {
  const id = textOf(input, 'ClientId');
  const client = clients.find(id);
  if (client === undefined) throw new AwsError('ResourceNotFoundException', `User pool client ${id} does not exist.`);
  return { UserPoolClient: describeClient(pool, client) };
}

function existing(users: UserDirectory, input: JsonObject): User {
  const user = users.find(textOf(input, 'Username'));
  if (user === undefined) throw new AwsError('UserNotFoundException', 'User does not exist.');
  return user;
}

function refuseWeak(pool: PoolDefinition, password: string): void {
  const problem = passwordProblem(pool.passwords, password);
  if (problem !== undefined)
    throw new AwsError('InvalidPasswordException', `Password did not conform with policy: ${problem}`);
}

function describeUser(user: User, attributesName: string): JsonObject {
  return {
    Username: user.sub,
    [attributesName]: Object.entries({ ...user.attributes, sub: user.sub }).map(([Name, Value]) => ({ Name, Value })),
    UserCreateDate: user.createdAt / 1000,
    UserLastModifiedDate: user.modifiedAt / 1000,
    Enabled: true,
    UserStatus: user.status,
  };
}

function describeClient(pool: PoolDefinition, client: Client): JsonObject {
  return {
    UserPoolId: pool.id,
    ClientId: client.id,
    ClientName: client.name,
    ...(client.secret === undefined ? {} : { ClientSecret: client.secret }),
    AllowedOAuthFlows: client.flows,
    AllowedOAuthFlowsUserPoolClient: client.flows.length > 0,
    AllowedOAuthScopes: client.scopes,
    CallbackURLs: client.callbackUrls,
    LogoutURLs: client.logoutUrls,
    AccessTokenValidity: client.validity.access,
    IdTokenValidity: client.validity.id,
    RefreshTokenValidity: client.validity.refresh,
    TokenValidityUnits: { AccessToken: 'seconds', IdToken: 'seconds', RefreshToken: 'seconds' },
  };
}
