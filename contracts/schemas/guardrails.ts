import * as z from 'zod/mini';
import { accountId, campaignId, instant, micros, timeZone } from './primitives.ts';

const share = () => z.number().check(z.minimum(0), z.maximum(100));
const limitMicros = z.nullable(micros.check(z.minimum(0)));
const ceiling = z.strictObject({ dailyMicros: limitMicros, monthlyMicros: limitMicros }).register(z.globalRegistry, {
  id: 'SpendCeiling',
  description: 'The most that may be spent on a day and in a calendar month; null for no ceiling, which warns',
});
const clock = z
  .string()
  .check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/))
  .register(z.globalRegistry, { description: '`22:30`' });

/** What bounds every change. Shares are fractions of the value before. */
export const guardrailPolicy = z
  .strictObject({
    maxRaiseShare: share().register(z.globalRegistry, {
      description: 'A change may raise a daily budget by at most this fraction of it',
    }),
    maxRaiseShareIn24Hours: share().register(z.globalRegistry, {
      description:
        'All raises of a daily budget within 24 hours, as a fraction of what it was before the first of them',
    }),
    maxCutShare: z
      .number()
      .check(z.minimum(0), z.maximum(1))
      .register(z.globalRegistry, { description: 'A change may cut a daily budget by at most this fraction of it' }),
    /** Over all accounts, in the currency of the workspace. */
    workspaceCeiling: ceiling,
    accountCeilings: z
      .record(accountId, ceiling)
      .register(z.globalRegistry, { description: 'By account, in its own currency' }),
    minutesBetweenChanges: z
      .int()
      .check(z.minimum(0), z.maximum(10_080))
      .register(z.globalRegistry, { description: 'Between two changes of the same object' }),
    quietHours: z
      .nullable(
        z.strictObject({
          from: clock,
          to: clock,
          timeZone: z
            .nullable(timeZone)
            .register(z.globalRegistry, { description: 'IANA name; null for that of each account' }),
        }),
      )
      .register(z.globalRegistry, {
        description: 'When nothing is applied but what spends less; `to` before `from` goes over midnight',
      }),
    protectedCampaigns: z
      .array(campaignId)
      .check(z.maxLength(1000))
      .register(z.globalRegistry, { description: 'Nothing in these is ever changed' }),
    decreasesAtOnce: z.boolean().register(z.globalRegistry, {
      description:
        'A change that only spends less may be applied without a confirmation, when its caller asks for that',
    }),
    approval: z
      .nullable(
        z.strictObject({
          raiseAboveDailyMicros: micros.check(z.minimum(0)),
          roles: z.array(z.enum(['owner', 'manager'])).check(z.minLength(1)),
          byAnother: z.boolean(),
        }),
      )
      .register(z.globalRegistry, {
        description:
          'A change that raises daily spend by more than this, in the currency of the workspace, waits for one of the roles; `byAnother`: not for whoever asked for it',
      }),
  })
  .register(z.globalRegistry, { id: 'GuardrailPolicy', description: 'What bounds every change of the workspace' });
export type GuardrailPolicy = z.infer<typeof guardrailPolicy>;

export const guardrails = z
  .object({
    policy: guardrailPolicy,
    /** What holds where nobody has set anything. */
    defaults: guardrailPolicy,
    changedAt: z.nullable(instant),
    changedBy: z.nullable(z.string()),
  })
  .register(z.globalRegistry, { id: 'Guardrails' });

/** Fields that are absent stay as they are. */
export const changeGuardrailsBody = z
  .strictObject({
    reason: z
      .string()
      .check(z.trim(), z.minLength(1), z.maxLength(1000))
      .register(z.globalRegistry, { description: 'Why; it goes into the audit trail' }),
    policy: z.partial(guardrailPolicy),
  })
  .register(z.globalRegistry, { id: 'GuardrailChange' });
