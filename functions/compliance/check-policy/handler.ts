import { readConfig } from '../../../adapters/config.ts';
import { apiHandler } from '../../../adapters/http/api-handler.ts';
import { checkPolicyRoutes } from '../../../contracts/routes/check-policy.ts';
import { compilePolicy } from '../../../domain/compliance/policy/compile-policy.ts';
import { policyRules } from '../../../domain/compliance/policy/policy-rules.ts';
import { textLimits } from '../../../platforms/registry.ts';
import { policyCases } from './check-policy.ts';

const config = readConfig(['http']);

export const handler = apiHandler(
  checkPolicyRoutes,
  policyCases({ policy: compilePolicy(policyRules, textLimits), now: Date.now }),
  config.http,
);
