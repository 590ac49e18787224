/**
 * Scopes and roles: the one table of who may do what. The gateway checks the scope, the handler checks it again, and the
 * identity trigger takes away whatever a role does not hold.
 */

/** The resource server that scopes belong to; a token carries `conext/metrics.read`. */
export const resourceServer = 'conext';

export const scopes = {
  'accounts.read': 'See accounts, campaigns, ad groups and ads',
  'metrics.read': 'Read metrics',
  'query.run': 'Ask read-only SQL queries over metrics',
  'events.write': 'Send events and conversions',
  'pixels.read': 'See pixels and how to place them',
  'pixels.write': 'Make, change and switch off pixels',
  'alerts.read': 'See alert rules and what they told',
  'alerts.write': 'Make and change alert rules, mute and acknowledge alerts',
  'pipelines.read': 'See data loads, their progress and quarantined rows',
  'pipelines.run': 'Start data loads',
  'connections.read': 'See connections to ad platforms and how they fare',
  'connections.write': 'Authorize, change and remove connections to ad platforms',
  'settings.read': 'See settings and where each value comes from',
  'settings.write': 'Change the settings of the workspace',
  'changes.read': 'See changes to campaigns, their previews and what became of them',
  'changes.write': 'Preview, confirm, discard, resume and undo changes to campaigns',
  'changes.approve': 'Approve changes for which the guardrails ask for it',
  'guardrails.read': 'See the guardrails of the workspace',
  'guardrails.write': 'Change the guardrails of the workspace',
  'audit.read': 'Read and verify the audit trail',
  'policies.read': 'Check ads against policies and law, and see the rules',
  'reviews.read': 'See what waits for a person and what was decided',
  'reviews.write': 'Ask a person to look at texts',
  'reviews.decide': 'Claim reviews and decide them',
  'briefs.read': 'See briefs and brand kits',
  'briefs.write': 'Write briefs and brand kits, have landing pages read',
  'creatives.read': 'See generated ads, the runs that made them and what was decided',
  'creatives.write': 'Start and cancel runs from briefs to campaigns, change the words of generated ads',
  'creatives.approve': 'Approve generated ads, send them back or reject them',
} as const;
export type Scope = keyof typeof scopes;

export const scopeNames = Object.keys(scopes) as readonly Scope[];

export const roles = ['owner', 'manager', 'analyst', 'viewer'] as const;
export type Role = (typeof roles)[number];

export const scopesByRole: Readonly<Record<Role, readonly Scope[]>> = {
  owner: scopeNames,
  // Whoever spends within the guardrails does not move them.
  manager: scopeNames.filter((scope) => scope !== 'guardrails.write'),
  analyst: [
    'accounts.read',
    'metrics.read',
    'query.run',
    'pixels.read',
    'alerts.read',
    'alerts.write',
    'pipelines.read',
    'settings.read',
    'changes.read',
    'guardrails.read',
    'policies.read',
    'reviews.read',
    'reviews.write',
    'briefs.read',
    'briefs.write',
    'creatives.read',
    'creatives.write',
  ],
  viewer: ['accounts.read', 'metrics.read', 'alerts.read'],
};

/** As it stands in a token and in the gateway: `conext/metrics.read`. */
export const qualifiedScope = (scope: Scope): string => `${resourceServer}/${scope}`;

/** Claims the identity trigger adds to every access token. */
export const claimNames = { workspaceId: 'workspace_id', role: 'role' } as const;
