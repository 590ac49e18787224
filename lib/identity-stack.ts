import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import {
  AccountRecovery,
  FeaturePlan,
  LambdaVersion,
  Mfa,
  OAuthScope,
  ResourceServerScope,
  UserPool,
  UserPoolClient,
  UserPoolOperation,
} from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import { qualifiedScope, resourceServer, type Scope, scopeNames, scopes } from '../contracts/access.ts';
import { acknowledge } from './constructs/acknowledge.ts';
import { CapabilityFunction } from './constructs/capability-function.ts';
import { trustedOrigin } from './constructs/dashboard-origin.ts';
import { keepConnections, reachState } from './constructs/needs.ts';
import type { DataStack } from './data-stack.ts';
import { physicalName, type Stage } from './stage.ts';

/** Unique across AWS, hence the account in it. */
export const userPoolDomainPrefix = (stage: Stage): string => physicalName(stage, stage.account);

/** Users and machine clients, and the trigger that puts the workspace into their tokens. */
export class IdentityStack extends Stack {
  readonly userPool: UserPool;

  constructor(
    scope: Construct,
    id: string,
    props: StackProps & { readonly stage: Stage; readonly data: DataStack; readonly dashboardOrigin: string },
  ) {
    super(scope, id, props);
    const { stage, data } = props;
    const dashboardOrigin = trustedOrigin(this, stage, props.dashboardOrigin);

    this.userPool = new UserPool(this, 'Users', {
      userPoolName: physicalName(stage, 'users'),
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      autoVerify: { email: true },
      standardAttributes: { email: { required: true, mutable: true } },
      passwordPolicy: {
        minLength: 12,
        requireDigits: true,
        requireLowercase: true,
        requireUppercase: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(3),
      },
      mfa: Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      // Access tokens can only be customised, and machine clients' at all, from this plan on.
      featurePlan: FeaturePlan.ESSENTIALS,
      deletionProtection: stage.name === 'prod',
      removalPolicy: stage.removal,
    });
    acknowledge(
      this.userPool,
      'People may choose a second factor; threat protection belongs to the Plus plan, which is the deployer’s decision.',
      'AwsSolutions-COG2',
      'AwsSolutions-COG3',
      'AwsSolutions-COG8',
    );

    const claims = new CapabilityFunction(this, 'IssueTokenClaims', {
      stage,
      capability: 'gateway/issue-token-claims',
      // Cognito waits five seconds at most.
      timeout: Duration.seconds(5),
      needs: [reachState(data.state, 'QueryIndex')],
    });
    this.userPool.addTrigger(UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG, claims.function, LambdaVersion.V3_0);

    new CapabilityFunction(this, 'ProvisionWorkspace', {
      stage,
      capability: 'gateway/provision-workspace',
      timeout: Duration.seconds(30),
      needs: [reachState(data.state, 'GetItem', 'PutItem', 'QueryIndex'), keepConnections(this, stage)],
    });

    const declared = scopeNames.map(
      (name) => [name, new ResourceServerScope({ scopeName: name, scopeDescription: scopes[name] })] as const,
    );
    const api = this.userPool.addResourceServer('Api', {
      identifier: resourceServer,
      scopes: declared.map(([, scope]) => scope),
    });
    const allScopes = declared.map(([, scope]) => OAuthScope.resourceServer(api, scope));

    this.userPool.addDomain('SignIn', { cognitoDomain: { domainPrefix: userPoolDomainPrefix(stage) } });

    const tokens = {
      // Named one by one: without any, Cognito opens sign-in by SRP and by custom challenges past the sign-in page.
      authFlows: { userSrp: false, custom: false },
      accessTokenValidity: Duration.minutes(60),
      idTokenValidity: Duration.minutes(60),
      enableTokenRevocation: true,
      preventUserExistenceErrors: true,
    };
    const dashboard = new UserPoolClient(this, 'Dashboard', {
      userPool: this.userPool,
      userPoolClientName: 'dashboard',
      generateSecret: false,
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID, OAuthScope.EMAIL, ...allScopes],
        callbackUrls: [`${dashboardOrigin}/signed-in`],
        logoutUrls: [`${dashboardOrigin}/`],
      },
      refreshTokenValidity: Duration.days(30),
      ...tokens,
    });
    const automation = new UserPoolClient(this, 'Automation', {
      userPool: this.userPool,
      userPoolClientName: 'automation',
      generateSecret: true,
      oAuth: { flows: { clientCredentials: true }, scopes: allScopes },
      ...tokens,
    });

    new CfnOutput(this, 'Issuer', { value: this.userPool.userPoolProviderUrl });
    new CfnOutput(this, 'UserPoolId', { value: this.userPool.userPoolId });
    new CfnOutput(this, 'DashboardClientId', { value: dashboard.userPoolClientId });
    new CfnOutput(this, 'AutomationClientId', { value: automation.userPoolClientId });
    new CfnOutput(this, 'SignInDomain', {
      value: `https://${userPoolDomainPrefix(stage)}.auth.${stage.region}.amazoncognito.com`,
    });
  }
}

/** Scopes as the gateway's authorizer compares them. */
export const authorizationScopes = (scope: Scope): string[] => [qualifiedScope(scope)];
