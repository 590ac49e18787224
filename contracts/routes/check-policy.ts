import type { Route } from '../route.ts';
import { checkPolicyBody, policyAnswer, policyRulesPage, policyRulesQuery } from '../schemas/policies.ts';

export const checkPolicyRoutes = {
  checkPolicy: {
    method: 'POST',
    path: '/v1/policies/check',
    summary: 'What platforms and laws object to in an ad: where, why, and what to write instead',
    handler: 'compliance/check-policy',
    scope: 'policies.read',
    body: checkPolicyBody,
    success: { status: 200, schema: policyAnswer },
  },
  listPolicyRules: {
    method: 'GET',
    path: '/v1/policies/rules',
    summary: 'The rules that ads are checked against, each with its source and examples',
    handler: 'compliance/check-policy',
    scope: 'policies.read',
    query: policyRulesQuery,
    success: { status: 200, schema: policyRulesPage },
  },
} as const satisfies Record<string, Route>;
