import { CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import { physicalName, type Stage } from '../stage.ts';

/** `countOnly`: rules that block what the contract allows, so that they only count. */
const managedGroups = [
  {
    name: 'AWSManagedRulesCommonRuleSet',
    // Bodies above 8 KB and queries above 2 KB: a start of 500 accounts and a long cursor are longer. The handlers have limits.
    countOnly: ['SizeRestrictions_BODY', 'SizeRestrictions_QUERYSTRING'],
  },
  { name: 'AWSManagedRulesKnownBadInputsRuleSet', countOnly: [] },
  { name: 'AWSManagedRulesAmazonIpReputationList', countOnly: [] },
] as const;

/** AWS's managed rules and a limit by address before the API's stage. */
export function protect(scope: Construct, stage: Stage, apiStageArn: string): void {
  const visibility = (metricName: string) => ({
    cloudWatchMetricsEnabled: true,
    sampledRequestsEnabled: true,
    metricName,
  });
  const acl = new CfnWebACL(scope, 'Firewall', {
    name: physicalName(stage, 'api'),
    scope: 'REGIONAL',
    defaultAction: { allow: {} },
    visibilityConfig: visibility('api'),
    rules: [
      ...managedGroups.map(({ name, countOnly }, index) => ({
        name,
        priority: index,
        overrideAction: { none: {} },
        statement: {
          managedRuleGroupStatement: {
            vendorName: 'AWS',
            name,
            ...(countOnly.length > 0 && {
              ruleActionOverrides: countOnly.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
            }),
          },
        },
        visibilityConfig: visibility(name),
      })),
      {
        name: 'PerAddressRate',
        priority: 10,
        action: { block: {} },
        statement: { rateBasedStatement: { aggregateKeyType: 'IP', limit: 10_000, evaluationWindowSec: 300 } },
        visibilityConfig: visibility('PerAddressRate'),
      },
    ],
  });
  new CfnWebACLAssociation(scope, 'FirewallAssociation', {
    webAclArn: acl.attrArn,
    resourceArn: apiStageArn,
  });
}
