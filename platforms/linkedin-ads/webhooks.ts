/**
 * What LinkedIn tells by itself: leads, as learn.microsoft.com/linkedin/marketing/lead-sync/leadsync has them. Signature and challenge:
 * learn.microsoft.com/linkedin/shared/api-guide/webhook-validation. The signature carries no time: a repeat is known by the lead.
 */
import * as z from 'zod/mini';
import type { PlatformNotice, PlatformWebhooks } from '../../domain/integrations/platform-webhooks.ts';
import { hmacSha256Hex, sameSignature } from '../signature.ts';
import { urnPrefix } from './urns.ts';

const leadAction = z.object({
  type: z.literal('LEAD_ACTION'),
  leadAction: z.string(),
  leadGenFormResponse: z.string().check(z.regex(/^urn:li:leadGenFormResponse:[\w-]{1,90}$/)),
  leadGenForm: z.optional(z.string()),
  owner: z.object({ sponsoredAccount: z.string().check(z.regex(/^urn:li:sponsoredAccount:\d{1,20}$/)) }),
  associatedEntity: z.optional(z.object({ sponsoredCreative: z.optional(z.string()) })),
  occurredAt: z.int(),
});

export const linkedInWebhooks: PlatformWebhooks = {
  platform: 'linkedin-ads',
  secretField: 'clientSecret',
  read({ header, body }, secret) {
    const given = header('x-li-signature');
    if (given === undefined || given === '') return { kind: 'untrusted', reason: 'unsigned' };
    // Signed is the body behind the name of the method; some deliveries carry the name before the signature too.
    const expected = hmacSha256Hex(secret, 'hmacsha256=', body);
    if (!sameSignature(given.replace(/^hmacsha256=/i, ''), expected)) return { kind: 'untrusted', reason: 'forged' };
    let told: unknown;
    try {
      told = JSON.parse(body.toString('utf8'));
    } catch {
      return { kind: 'unreadable', detail: 'the body is no JSON' };
    }
    const all = Array.isArray(told) ? told : [told];
    const notices = all.flatMap(noticeOf);
    return { kind: 'read', notices, ignored: all.length - notices.length };
  },
};

/** Leads of pages and events have no advertising account, and those that were taken back say nothing that is counted. */
function noticeOf(told: unknown): PlatformNotice[] {
  const parsed = leadAction.safeParse(told);
  if (!parsed.success || parsed.data.leadAction !== 'CREATED') return [];
  const { leadGenFormResponse, leadGenForm = '', owner, associatedEntity, occurredAt } = parsed.data;
  const leadId = leadGenFormResponse.slice('urn:li:leadGenFormResponse:'.length);
  const formId = /urn:li:leadGenForm:(\d{1,30})/.exec(leadGenForm)?.[1];
  const creative = /^urn:li:sponsoredCreative:(\d{1,30})$/.exec(associatedEntity?.sponsoredCreative ?? '')?.[1];
  return [
    {
      kind: 'lead',
      id: `linkedin-lead-${leadId}`,
      occurredAt,
      accountPlatformId: owner.sponsoredAccount.slice(urnPrefix('sponsoredAccount').length),
      campaignPlatformId: null,
      // The creative's campaign is not told, and without it a creative is not one ad.
      adGroupPlatformId: null,
      adPlatformId: null,
      attributes: {
        leadId,
        ...(formId !== undefined && { formId }),
        ...(creative !== undefined && { creativeId: creative }),
      },
    },
  ];
}

/** The answer to LinkedIn's question whether the address is ours: `Hex(HMAC-SHA256(challengeCode, clientSecret))`. */
export const linkedInChallenge = (challengeCode: string, secret: string): string =>
  hmacSha256Hex(secret, challengeCode);
