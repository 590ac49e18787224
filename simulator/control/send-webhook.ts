import { createHmac } from 'node:crypto';

/** Our app's secrets at the platforms that send. */
export interface WebhookSecrets {
  readonly 'tiktok-ads': string;
  readonly 'linkedin-ads': string;
}

interface Notice {
  readonly kind: 'lead' | 'status';
  readonly account: string;
  readonly campaign: string | undefined;
  readonly adGroup: string | undefined;
  readonly ad: string | undefined;
  readonly id: string;
  readonly status: string;
  /** Seconds since 1970. */
  readonly at: number;
}

const timeoutMs = 10_000;
const fields = ['platform', 'url', 'kind', 'account', 'campaign', 'adGroup', 'ad', 'id', 'status', 'secondsAgo'];

/** How each platform writes and signs a notice. Leads come with what people typed in, as they do in the world. */
const wires: Readonly<
  Record<keyof WebhookSecrets, (notice: Notice, secret: string) => [string, Record<string, string>]>
> = {
  'tiktok-ads': (notice, secret) => {
    const place = {
      advertiser_id: notice.account,
      campaign_id: notice.campaign,
      adgroup_id: notice.adGroup,
      ad_id: notice.ad,
    };
    const lead = {
      lead_id: notice.id,
      page_id: '7300000000000000001',
      lead_source: 'INSTANT_FORM',
      changes: [
        { field: 'Full name', value: 'Erika Mustermann' },
        { field: 'Email', value: 'erika@mustermann.example' },
      ],
    };
    const body = JSON.stringify({
      client_key: 'simulated',
      event: notice.kind === 'lead' ? 'LEAD' : 'AD_STATUS',
      create_time: notice.at,
      content: JSON.stringify({ ...place, ...(notice.kind === 'lead' ? lead : { secondary_status: notice.status }) }),
    });
    const signature = createHmac('sha256', secret).update(`${notice.at}.${body}`).digest('hex');
    return [body, { 'tiktok-signature': `t=${notice.at},s=${signature}`, 'webhook-schema-version': '1.0' }];
  },
  'linkedin-ads': (notice, secret) => {
    if (notice.kind !== 'lead') throw new Error('LinkedIn tells of leads alone.');
    const body = JSON.stringify({
      type: 'LEAD_ACTION',
      leadType: 'SPONSORED',
      leadAction: 'CREATED',
      leadGenForm: 'urn:li:versionedLeadGenForm:(urn:li:leadGenForm:9191,1)',
      leadGenFormResponse: `urn:li:leadGenFormResponse:${notice.id}`,
      owner: { sponsoredAccount: `urn:li:sponsoredAccount:${notice.account}` },
      associatedEntity: notice.ad === undefined ? {} : { sponsoredCreative: `urn:li:sponsoredCreative:${notice.ad}` },
      occurredAt: notice.at * 1_000,
    });
    const signature = createHmac('sha256', secret).update(`hmacsha256=${body}`).digest('hex');
    return [body, { 'x-li-signature': signature }];
  },
};

/**
 * Sends one signed notice to an address on this machine and says what it answered. Signed by the machine's clock, not the simulated one: that
 * is the clock by which a receiver judges its age. Throws an Error that names a bad parameter.
 */
export async function sendWebhook(secrets: WebhookSecrets, body: unknown): Promise<{ status: number; body: string }> {
  const given = (body ?? {}) as Readonly<Record<string, unknown>>;
  const unknown = Object.keys(given).find((name) => !fields.includes(name));
  if (unknown !== undefined) throw new Error(`A webhook knows ${fields.join(', ')}, not ${unknown}.`);
  const platform = given.platform as keyof WebhookSecrets;
  const wire = Object.hasOwn(wires, platform) ? wires[platform] : undefined;
  if (wire === undefined) throw new Error(`platform must be ${Object.keys(wires).join(' or ')}.`);
  const url = URL.parse(String(given.url));
  if (url === null || url.hostname !== '127.0.0.1') throw new Error('url must be an address at 127.0.0.1.');
  const text = (name: string): string | undefined => (given[name] === undefined ? undefined : String(given[name]));
  const account = text('account');
  const id = text('id');
  if (account === undefined || id === undefined) throw new Error('account and id must be given.');
  const notice: Notice = {
    kind: given.kind === 'status' ? 'status' : 'lead',
    account,
    campaign: text('campaign'),
    adGroup: text('adGroup'),
    ad: text('ad'),
    id,
    status: text('status') ?? 'AD_STATUS_AUDIT_DENY',
    at: Math.floor(Date.now() / 1_000) - Number(given.secondsAgo ?? 0),
  };
  const [sent, headers] = wire(notice, secrets[platform]);
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': `${platform}-simulated`, ...headers },
    body: sent,
    signal: AbortSignal.timeout(timeoutMs),
  });
  return { status: answer.status, body: await answer.text() };
}
