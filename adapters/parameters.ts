import * as z from 'zod/mini';
import { AppError } from '../domain/errors.ts';
import { type AwsCall, createAwsCall } from './aws-json.ts';
import type { Config } from './config.ts';

const cacheMs = 5 * 60_000;
/** Base URLs by what they belong to and by name; what is missing takes the public default. */
const endpoints = z.record(z.string(), z.record(z.string(), z.url()));
const parameterAnswer = z.object({ Parameter: z.object({ Value: z.string() }) });
type Endpoints = z.infer<typeof endpoints>;

export interface Parameters {
  endpoints(): Promise<Endpoints>;
}

export function createParameters(
  config: Config<'parameters' | 'aws' | 'credentials'>,
  call: AwsCall = createAwsCall(config, { name: 'ssm', target: 'AmazonSSM' }),
  now: () => number = Date.now,
): Parameters {
  let held: { readonly value: Endpoints; readonly until: number } | undefined;
  return {
    async endpoints() {
      if (held && held.until > now()) return held.value;
      const name = `${config.parameters.prefix}/endpoints`;
      const { Parameter } = parameterAnswer.parse(await call('GetParameter', { Name: name }));
      const parsed = endpoints.safeParse(parseJson(Parameter.Value));
      if (!parsed.success) throw new AppError('internal', `Parameter ${name} is not a JSON object of base URLs.`);
      held = { value: parsed.data, until: now() + cacheMs };
      return held.value;
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
