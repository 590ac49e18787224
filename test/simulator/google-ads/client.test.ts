import * as grpc from '@grpc/grpc-js';
import axios from 'axios';
import { Customer, GoogleAdsApi, type services } from 'google-ads-api';
import * as googleAdsNode from 'google-ads-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Simulator } from '../../../simulator/simulator.ts';
import { berlin, closed, managerAccount, open } from '../open.ts';

let simulator: Simulator;
let token: string;

beforeAll(async () => {
  const opened = await open({ pageRows: 50 });
  simulator = opened.simulator;
  token = opened.call.token;
});
afterAll(() => simulator.close());

/** The host is fixed inside the package; an interceptor on the axios it uses sends its calls to the simulator. */
beforeAll(() => {
  const id = axios.interceptors.request.use((config) => ({
    ...config,
    url: (config.url ?? '').replace('https://googleads.googleapis.com', simulator.rest),
  }));
  return () => axios.interceptors.request.eject(id);
});

class LocalCustomer extends Customer {
  override async getAccessToken(): Promise<string> {
    return token;
  }

  // biome-ignore lint/suspicious/noExplicitAny: the package types services as any
  override loadService(service: string): any {
    return grpcClient(service);
  }
}

function grpcClient(service: string) {
  const [host, port] = simulator.grpc.split(':');
  const bearer = grpc.credentials.createFromMetadataGenerator((_, done) => {
    const metadata = new grpc.Metadata();
    metadata.set('authorization', `Bearer ${token}`);
    done(null, metadata);
  });
  const Client = Reflect.get(googleAdsNode, service);
  return new Client({
    servicePath: host,
    port: Number(port),
    universeDomain: 'googleapis.com',
    sslCreds: grpc.credentials.createInsecure(),
    'grpc.callInvocationTransformer': (call: { callOptions: object }) => ({
      ...call,
      callOptions: { ...call.callOptions, credentials: bearer },
    }),
  });
}

function customer(id = berlin) {
  const { clientId, clientSecret, developerToken, refreshToken } = simulator.credentials;
  return new LocalCustomer(
    { client_id: clientId, client_secret: clientSecret, developer_token: developerToken },
    { customer_id: id, login_customer_id: managerAccount, refresh_token: refreshToken },
  );
}

const daily =
  "SELECT campaign.id, campaign.status, segments.date, metrics.cost_micros, metrics.conversions FROM campaign WHERE segments.date BETWEEN '2026-11-01' AND '2026-11-10'";

describe('the unmodified google-ads-api client', () => {
  it('reads typed rows with query, over REST', async () => {
    const rows = await customer().query(daily);
    expect(rows.length).toBeGreaterThan(100);
    expect(rows[0]).toEqual({
      campaign: { resource_name: `customers/${berlin}/campaigns/20010010000`, id: 20010010000, status: 2 },
      segments: { date: '2026-11-01' },
      metrics: { cost_micros: expect.any(Number), conversions: expect.any(Number) },
    });
  });

  it('reads the same rows as a stream, over REST', async () => {
    const rows = [];
    for await (const row of customer().queryStream(daily)) rows.push(row);
    expect(rows).toEqual(await customer().query(daily));
  });

  it('counts rows with reportCount', async () => {
    const count = await customer().reportCount({ entity: 'campaign', attributes: ['campaign.id'] });
    expect(count).toBe(13);
  });

  it('reads the same rows as a stream, over gRPC', async () => {
    const stream = await customer().reportStreamRaw({
      entity: 'campaign',
      attributes: ['campaign.id', 'campaign.status'],
      segments: ['segments.date'],
      metrics: ['metrics.cost_micros', 'metrics.conversions'],
      from_date: '2026-11-01',
      to_date: '2026-11-10',
    });
    const rows: services.IGoogleAdsRow[] = [];
    for await (const chunk of stream ?? []) rows.push(...(chunk as { results: services.IGoogleAdsRow[] }).results);
    const overRest = await customer().query(daily);
    expect(
      rows.map((row) => [
        Number(row.campaign?.id),
        row.segments?.date,
        Number(row.metrics?.cost_micros),
        row.metrics?.conversions,
      ]),
    ).toEqual(
      overRest.map((row) => [row.campaign?.id, row.segments?.date, row.metrics?.cost_micros, row.metrics?.conversions]),
    );
  });

  it('lists accessible customers over gRPC', async () => {
    const service = grpcClient('CustomerServiceClient');
    const headers = { 'developer-token': simulator.credentials.developerToken };
    const [answer] = await service.listAccessibleCustomers({}, { otherArgs: { headers } });
    await service.close();
    expect(answer).toEqual({ resource_names: [`customers/${managerAccount}`] });
  });

  it('throws a GoogleAdsFailure for a closed account, over REST', async () => {
    await expect(customer(closed).query('SELECT customer.id FROM customer')).rejects.toMatchObject({
      errors: [{ error_code: { authorization_error: 24 } }],
    });
  });

  it('throws a GoogleAdsFailure from the trailers, over gRPC', async () => {
    const client = new GoogleAdsApi({ client_id: '', client_secret: '', developer_token: 'wrong' });
    const refused = client.Customer({ customer_id: berlin, refresh_token: 'unused' });
    Object.assign(refused, { loadService: grpcClient });
    await expect(refused.mutateResources([])).rejects.toMatchObject({
      errors: [{ error_code: { authentication_error: 29 }, message: 'The developer token is not valid.' }],
    });
  });

  it('is told why a write is refused', async () => {
    await expect(
      customer().mutateResources([
        { entity: 'campaign', operation: 'update', resource: { resource_name: 'customers/1/campaigns/2' } },
      ]),
    ).rejects.toMatchObject({
      errors: [{ error_code: { request_error: 16 }, message: "Invalid customer ID '1'." }],
    });
  });
});
