import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { expect, it } from 'vitest';
import { startRunBody } from '../../contracts/schemas/pipelines.ts';
import { protect } from '../../lib/constructs/api-firewall.ts';
import { readStage } from '../../lib/stage.ts';

/** "AWS Managed Rules rule groups list", core rule set: what is longer is blocked unless it is only counted. */
const longestBody = 8_192;

import { openApp } from './open-app.ts';

interface Rule {
  readonly Name: string;
  readonly Statement: {
    readonly ManagedRuleGroupStatement?: {
      readonly RuleActionOverrides?: readonly { readonly Name: string; readonly ActionToUse: object }[];
    };
  };
}

it('lets the longest request of the contract pass, which is longer than the core rules let be', () => {
  const accountIds = Array.from({ length: 500 }, () => `acc_${'0'.repeat(26)}`);
  expect(startRunBody.safeParse({ accountIds }).success).toBe(true);
  expect(JSON.stringify({ accountIds }).length).toBeGreaterThan(longestBody);

  const app = openApp();
  const stack = new Stack(app, 'Api');
  protect(stack, readStage(app.node), 'arn:aws:apigateway:eu-central-1::/restapis/a/stages/live');
  const [acl] = Object.values(Template.fromStack(stack).findResources('AWS::WAFv2::WebACL'));
  const core = (acl?.Properties.Rules as Rule[] | undefined)?.find(
    ({ Name }) => Name === 'AWSManagedRulesCommonRuleSet',
  );
  expect(core?.Statement.ManagedRuleGroupStatement?.RuleActionOverrides).toEqual(
    ['SizeRestrictions_BODY', 'SizeRestrictions_QUERYSTRING'].map((name) => ({
      Name: name,
      ActionToUse: { Count: {} },
    })),
  );
});
