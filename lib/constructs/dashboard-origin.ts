import { CfnParameter, type Stack } from 'aws-cdk-lib';
import type { Stage } from '../stage.ts';

/**
 * Where the dashboard is, as a stack that must trust it sees it: the distribution's address on AWS. On a laptop it is a
 * parameter, since the port is decided when the system starts, long after the templates were written.
 */
export function trustedOrigin(stack: Stack, stage: Stage, distributionOrigin: string): string {
  return stage.name === 'local'
    ? new CfnParameter(stack, 'DashboardOrigin', { default: 'http://127.0.0.1:4600' }).valueAsString
    : distributionOrigin;
}
