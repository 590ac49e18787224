import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import * as z from 'zod/mini';
import { AppError } from '../domain/errors.ts';
import type { Config } from './config.ts';

const cacheMs = 5 * 60_000;
/** Base URLs by what they belong to and by name; what is missing takes the public default. */
const endpoints = z.record(z.string(), z.record(z.string(), z.url()));
type Endpoints = z.infer<typeof endpoints>;

export interface Parameters {
  endpoints(): Promise<Endpoints>;
}

export function createParameters(
  config: Config<'parameters'>,
  client = new SSMClient({ maxAttempts: 4, requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000 } }),
  now: () => number = Date.now,
): Parameters {
  let held: { readonly value: Endpoints; readonly until: number } | undefined;
  return {
    async endpoints() {
      if (held && held.until > now()) return held.value;
      const name = `${config.parameters.prefix}/endpoints`;
      let text: string | undefined;
      try {
        text = (await client.send(new GetParameterCommand({ Name: name }))).Parameter?.Value;
      } catch (error) {
        throw new AppError('unavailable', `Parameter ${name} could not be read.`, { cause: error });
      }
      const parsed = endpoints.safeParse(parseJson(text));
      if (!parsed.success) throw new AppError('internal', `Parameter ${name} is not a JSON object of base URLs.`);
      held = { value: parsed.data, until: now() + cacheMs };
      return held.value;
    },
  };
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
