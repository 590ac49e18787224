import type { Route } from '../route.ts';
import { answeredChallenge, challengeQuery, receivedNotices } from '../schemas/platform-webhooks.ts';

const handler = 'gateway/receive-webhooks';

/** A platform holds no token of ours: it signs what it sends with our app's secret there. */
export const receiveWebhooksRoutes = {
  receiveTikTokNotices: {
    method: 'POST',
    path: '/v1/hooks/tiktok-ads',
    summary: 'What TikTok tells of leads and statuses, signed by it',
    handler,
    scope: 'public',
    success: { status: 200, schema: receivedNotices },
  },
  receiveLinkedInNotices: {
    method: 'POST',
    path: '/v1/hooks/linkedin-ads',
    summary: 'What LinkedIn tells of leads, signed by it',
    handler,
    scope: 'public',
    success: { status: 200, schema: receivedNotices },
  },
  answerLinkedInChallenge: {
    method: 'GET',
    path: '/v1/hooks/linkedin-ads',
    summary: 'LinkedIn asks whether the address is ours',
    handler,
    scope: 'public',
    query: challengeQuery,
    success: { status: 200, schema: answeredChallenge },
  },
} as const satisfies Record<string, Route>;
