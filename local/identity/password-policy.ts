import type { PasswordPolicy } from './pool-definition.ts';

/** What a password lacks, in Cognito's words; `undefined` when it is fine. */
export function passwordProblem(policy: PasswordPolicy, password: string): string | undefined {
  const rules: readonly (readonly [boolean, RegExp, string])[] = [
    [policy.requireLowercase, /\p{Ll}/u, 'Password must have lowercase characters'],
    [policy.requireUppercase, /\p{Lu}/u, 'Password must have uppercase characters'],
    [policy.requireNumbers, /\d/, 'Password must have numeric characters'],
    [policy.requireSymbols, /[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+\- ]/, 'Password must have symbol characters'],
  ];
  if (password.length < policy.minimumLength) return 'Password not long enough';
  return rules.find(([required, pattern]) => required && !pattern.test(password))?.[2];
}
