import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { clientOptions } from './aws.ts';
import type { TestSystem } from './running-system.ts';

/** Units of each currency for one euro by day, read from the central bank's own file. */
export async function publishedRates(system: TestSystem): Promise<ReadonlyMap<string, ReadonlyMap<string, number>>> {
  const ssm = new SSMClient(clientOptions(system.running));
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name: '/conext/local/endpoints' }));
  ssm.destroy();
  const endpoints = JSON.parse(Parameter?.Value ?? '') as { readonly 'exchange-rates': { readonly ecb: string } };
  const response = await fetch(`${endpoints['exchange-rates'].ecb}/eurofxref-hist-90d.xml`);
  const days = (await response.text()).matchAll(/<Cube time="([\d-]+)">(.*?)<\/Cube>(?=<Cube time|<\/Cube>)/g);
  return new Map(
    [...days].map(([, day = '', cubes = '']) => [
      day,
      new Map(
        [...cubes.matchAll(/currency="([A-Z]{3})" rate="([\d.]+)"/g)].map(([, currency = '', rate]) => [
          currency,
          Number(rate),
        ]),
      ),
    ]),
  );
}
