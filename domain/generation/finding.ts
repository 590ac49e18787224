import type { PolicyFinding } from '../../contracts/schemas/policies.ts';

/**
 * Something in a text or a brief that somebody has to look at: a finding of the policy checker, only that it may hold on every
 * platform, and is of one country at most.
 */
export type Finding = Readonly<Omit<PolicyFinding, 'platform' | 'countries'>> & {
  readonly platform: PolicyFinding['platform'] | null;
};
