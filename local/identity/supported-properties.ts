/** Which properties of AWS::Cognito resources the local identity provider acts on; everything unlisted is refused by name. */
import type { ResolvedResource } from '../ports.ts';
import { isObject } from '../services/json-protocol.ts';
import { asBoolean, type PropertySupport, refuseUnlisted } from '../services/property-support.ts';

function refuseTrue(value: unknown): string | undefined {
  return asBoolean(value) ? 'true is not supported locally' : undefined;
}

/** The one trigger that product tokens depend on; any other would silently not run. */
function lambdaConfigReason(value: unknown): string | undefined {
  if (!isObject(value)) return 'is not an object';
  const other = Object.keys(value).find((name) => name !== 'PreTokenGeneration' && name !== 'PreTokenGenerationConfig');
  return other === undefined ? undefined : `${other} is a trigger that is not supported locally`;
}

function subset(...allowed: readonly string[]): (value: unknown) => string | undefined {
  return (value) => {
    const stranger = (Array.isArray(value) ? value : [value]).find((entry) => !allowed.includes(String(entry)));
    return stranger === undefined
      ? undefined
      : `${JSON.stringify(stranger)} is not supported locally (supported: ${allowed.join(', ')})`;
  };
}

const supportByType: Readonly<Record<string, PropertySupport>> = {
  'AWS::Cognito::UserPool': {
    LambdaConfig: lambdaConfigReason,
    Policies: 'honoured',
    UsernameAttributes: subset('email'),
    AliasAttributes: subset('email'),
    AdminCreateUserConfig: 'harmless',
    AccountRecoverySetting: 'harmless',
    AutoVerifiedAttributes: 'harmless',
    DeletionProtection: 'harmless',
    EmailConfiguration: 'harmless',
    EmailVerificationMessage: 'harmless',
    EmailVerificationSubject: 'harmless',
    EnabledMfas: 'harmless',
    // Optional or off: nobody is asked for a second factor. Required is a promise that cannot be kept here.
    MfaConfiguration: subset('OFF', 'OPTIONAL'),
    Schema: 'harmless',
    SmsVerificationMessage: 'harmless',
    UserAttributeUpdateSettings: 'harmless',
    UserPoolAddOns: 'harmless',
    UserPoolName: 'harmless',
    UserPoolTags: 'harmless',
    UserPoolTier: 'harmless',
    UsernameConfiguration: 'harmless',
    VerificationMessageTemplate: 'harmless',
    DeviceConfiguration: 'harmless',
  },
  'AWS::Cognito::UserPoolClient': {
    UserPoolId: 'honoured',
    ClientName: 'honoured',
    GenerateSecret: 'honoured',
    AllowedOAuthFlows: subset('code', 'client_credentials'),
    AllowedOAuthFlowsUserPoolClient: 'honoured',
    AllowedOAuthScopes: 'honoured',
    CallbackURLs: 'honoured',
    DefaultRedirectURI: 'harmless',
    LogoutURLs: 'honoured',
    AccessTokenValidity: 'honoured',
    IdTokenValidity: 'honoured',
    RefreshTokenValidity: 'honoured',
    TokenValidityUnits: 'honoured',
    SupportedIdentityProviders: subset('COGNITO'),
    AuthSessionValidity: 'harmless',
    EnablePropagateAdditionalUserContextData: refuseTrue,
    EnableTokenRevocation: 'harmless',
    ExplicitAuthFlows: 'harmless',
    PreventUserExistenceErrors: 'harmless',
    ReadAttributes: 'harmless',
    WriteAttributes: 'harmless',
    RefreshTokenRotation: (value) =>
      isObject(value) && value.Feature === 'ENABLED' ? 'ENABLED is not supported locally' : undefined,
  },
  'AWS::Cognito::UserPoolResourceServer': {
    UserPoolId: 'honoured',
    Identifier: 'honoured',
    Name: 'harmless',
    Scopes: 'honoured',
  },
  'AWS::Cognito::UserPoolDomain': {
    UserPoolId: 'honoured',
    Domain: 'harmless',
    CustomDomainConfig: 'harmless',
    ManagedLoginVersion: 'harmless',
  },
  'AWS::Cognito::ManagedLoginBranding': {
    UserPoolId: 'honoured',
    ClientId: 'harmless',
    Assets: 'harmless',
    Settings: 'harmless',
    UseCognitoProvidedValues: 'harmless',
    ReturnMergedResources: 'harmless',
  },
  'AWS::Cognito::UserPoolGroup': {
    UserPoolId: 'honoured',
    GroupName: 'honoured',
    Description: 'harmless',
    Precedence: 'honoured',
    RoleArn: 'honoured',
  },
};

export const identityResourceTypes: readonly string[] = Object.keys(supportByType);

/** Why the local identity provider cannot honour this AWS::Cognito resource, or `undefined`. */
export function refuseIdentityResource(resource: ResolvedResource): string | undefined {
  if (!resource.type.startsWith('AWS::Cognito::')) return undefined;
  const support = supportByType[resource.type];
  if (support === undefined) {
    return `${resource.type} ${resource.stack}/${resource.logicalId} is not supported by the local identity provider.`;
  }
  return refuseUnlisted(resource, support);
}
