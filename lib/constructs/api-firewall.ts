import { CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import { physicalName, type Stage } from '../stage.ts';

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
      ...[
        'AWSManagedRulesCommonRuleSet',
        'AWSManagedRulesKnownBadInputsRuleSet',
        'AWSManagedRulesAmazonIpReputationList',
      ].map((group, index) => ({
        name: group,
        priority: index,
        overrideAction: { none: {} },
        statement: { managedRuleGroupStatement: { vendorName: 'AWS', name: group } },
        visibilityConfig: visibility(group),
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
