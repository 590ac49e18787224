/** What a person needs to know once everything runs. */
import { DEMO_ROLES } from './home-state.ts';
import type { RunningSystem } from './start-local.ts';

export function summary(system: RunningSystem, home: string, seconds: number): string {
  const { apiUrl, dashboardUrl, tokenUrl, simulatorUrl, users, clients } = system.description;
  const signIns = DEMO_ROLES.map(
    (role) => `  ${role.padEnd(8)} ${users[role].email.padEnd(24)} ${users[role].password}`,
  );
  const machines = Object.entries(clients).map(([name, client]) => `  ${name.padEnd(12)} ${client.clientId}`);
  return [
    '',
    `Conext Ads is ready after ${seconds.toFixed(1)} s.`,
    '',
    `  Dashboard  ${dashboardUrl}`,
    `  API        ${apiUrl}`,
    `  Tokens     ${tokenUrl}`,
    `  AWS        ${system.aws.endpointUrl}`,
    `  Simulator  ${simulatorUrl}`,
    '',
    'Sign in as',
    ...signIns,
    '',
    `Machine clients (secrets in ${home}/local.json)`,
    ...machines,
    '',
    ...(system.loadingSegments
      ? ['Search terms, assets and audience breakdowns are still loading, some minutes at most.']
      : []),
    ...system.warnings.map((warning) => `Not loaded: ${warning}`),
    `Logs are in ${home}/logs. Ctrl-C stops; deleting ${home} starts over.`,
    '',
  ].join('\n');
}
