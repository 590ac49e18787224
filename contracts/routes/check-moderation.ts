import type { Route } from '../route.ts';
import { checkModerationBody, moderationAnswer } from '../schemas/moderation.ts';

export const checkModerationRoutes = {
  checkModeration: {
    method: 'POST',
    path: '/v1/moderation/check',
    summary: 'Whether texts and pictures are fit to be shown: insults, hate, nudity, swearwords, personal data',
    handler: 'compliance/check-moderation',
    scope: 'policies.read',
    body: checkModerationBody,
    success: { status: 200, schema: moderationAnswer },
  },
} as const satisfies Record<string, Route>;
