import type { Route } from '../route.ts';
import { changeSettingsBody, settingList } from '../schemas/settings.ts';

export const manageSettingsRoutes = {
  listSettings: {
    method: 'GET',
    path: '/v1/settings',
    summary: 'All settings and where each value comes from',
    handler: 'gateway/manage-settings',
    scope: 'settings.read',
    success: { status: 200, schema: settingList },
  },
  changeSettings: {
    method: 'PATCH',
    path: '/v1/settings',
    summary: 'Change or take away the workspace’s own values',
    handler: 'gateway/manage-settings',
    scope: 'settings.write',
    body: changeSettingsBody,
    success: { status: 200, schema: settingList },
    conditional: true,
  },
} as const satisfies Record<string, Route>;
