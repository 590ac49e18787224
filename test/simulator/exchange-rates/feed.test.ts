import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { ratesListener } from '../../../simulator/exchange-rates/feed.ts';
import { referenceRates } from '../../../simulator/exchange-rates/reference-rates.ts';

const noon = Date.parse('2026-11-20T12:00:00Z');
const evening = Date.parse('2026-11-20T18:00:00Z');

describe('simulated reference rates', () => {
  it('come out the same for the same seed and day, whenever they are asked for', () => {
    const early = referenceRates(7, noon, 90);
    const later = referenceRates(7, noon + 10 * 86_400_000, 90);
    const day = early[0]?.date;
    expect(later.find(({ date }) => date === day)).toEqual(early[0]);
    expect(referenceRates(8, noon, 90)[0]?.rates).not.toEqual(early[0]?.rates);
  });

  it('are set on working days only, and today’s only in the afternoon', () => {
    const dates = referenceRates(7, noon, 14).map(({ date }) => date);
    expect(dates[0]).toBe('2026-11-19');
    expect(dates).not.toContain('2026-11-15');
    expect(referenceRates(7, evening, 14)[0]?.date).toBe('2026-11-20');
  });

  it('move little from one day to the next', () => {
    const rates = referenceRates(7, noon, 90).map((day) => Number(day.rates.USD));
    const steps = rates.slice(1).map((rate, index) => Math.abs(rate / (rates[index] ?? rate) - 1));
    expect(Math.max(...steps)).toBeLessThan(0.02);
  });
});

describe('the feed', () => {
  const servers: ReturnType<typeof createServer>[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.close();
    }
  });
  const serve = async (): Promise<string> => {
    const server = createServer(
      ratesListener(
        7,
        () => evening,
        (_request, response) => response.writeHead(418).end(),
      ),
    );
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };

  it('answers the bank’s files and leaves other paths to the platforms', async () => {
    const url = await serve();
    const history = await (await fetch(`${url}/ecb/eurofxref-hist-90d.xml`)).text();
    expect(history.match(/<Cube time="/g)?.length).toBeGreaterThan(60);
    const daily = await (await fetch(`${url}/ecb/eurofxref-daily.xml`)).text();
    expect(daily.match(/<Cube time="2026-11-20">/g)).toHaveLength(1);
    expect((await fetch(`${url}/ecb/other.xml`)).status).toBe(404);
    expect((await fetch(`${url}/v25/customers`)).status).toBe(418);
  });
});
