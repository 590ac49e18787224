import * as z from 'zod/mini';

export const receivedNotices = z
  .object({
    received: z.int().register(z.globalRegistry, { description: 'Notices that went on the stream, one a workspace' }),
  })
  .register(z.globalRegistry, { id: 'ReceivedNotices' });

export const challengeQuery = z.object({
  challengeCode: z.string().check(z.regex(/^[\w-]{1,128}$/)),
  applicationId: z.optional(z.string()),
});
export const answeredChallenge = z
  .object({ challengeCode: z.string(), challengeResponse: z.string() })
  .register(z.globalRegistry, { id: 'AnsweredChallenge' });
