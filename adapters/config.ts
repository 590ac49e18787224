import * as z from 'zod/mini';
import { AppError } from '../domain/errors.ts';

const text = z.string().check(z.minLength(1));

/** Everything the environment may say, by section. A function names the sections it needs; the others need not be set. */
const sections = {
  stage: { name: ['CONEXT_STAGE', text] },
  state: { table: ['STATE_TABLE', text] },
  lake: { bucket: ['LAKE_BUCKET', text] },
  bus: { name: ['EVENT_BUS_NAME', text] },
  warehouse: { workgroup: ['ATHENA_WORKGROUP', text], database: ['WAREHOUSE_DATABASE', text] },
  workflows: { etl: ['ETL_STATE_MACHINE_ARN', z.string().check(z.startsWith('arn:'))] },
  generating: { workflow: ['GENERATION_STATE_MACHINE_ARN', z.string().check(z.startsWith('arn:'))] },
  importing: { workflow: ['IMPORT_STATE_MACHINE_ARN', z.string().check(z.startsWith('arn:'))] },
  /** The dashboard's origin, the only one whose scripts may read the API's answers. */
  http: { allowedOrigin: ['ALLOWED_ORIGIN', z.string().check(z.regex(/^https?:\/\/[^/\s]+$/))] },
  parameters: { prefix: ['PARAMETER_PREFIX', z.string().check(z.startsWith('/'))] },
  /** The stage's layer of settings: JSON, written at deployment. */
  settings: { stage: ['STAGE_SETTINGS', z.optional(text)] },
  /** The stream of events, for those who put on it. */
  stream: { name: ['EVENT_STREAM', text] },
  schemas: { registry: ['SCHEMA_REGISTRY', text] },
  deadLetters: { queueUrl: ['DEAD_LETTER_QUEUE_URL', z.string().check(z.regex(/^https?:\/\//))] },
  /** What looks at texts of ads before they are shown. */
  guardrail: { id: ['GUARDRAIL_ID', text], version: ['GUARDRAIL_VERSION', text] },
  secrets: { prefix: ['SECRET_PREFIX', text] },
  aws: {
    region: ['AWS_REGION', text],
    endpoint: ['AWS_ENDPOINT_URL', z.optional(text)],
    s3Endpoint: ['AWS_ENDPOINT_URL_S3', z.optional(text)],
  },
  credentials: {
    accessKeyId: ['AWS_ACCESS_KEY_ID', text],
    secretAccessKey: ['AWS_SECRET_ACCESS_KEY', text],
    sessionToken: ['AWS_SESSION_TOKEN', z.optional(text)],
  },
} as const satisfies Record<string, Record<string, readonly [string, z.ZodMiniType]>>;

type Sections = typeof sections;
export type SectionName = keyof Sections;
type ConfigSection<S extends SectionName> = {
  readonly [F in keyof Sections[S]]: Sections[S][F] extends readonly [string, infer T extends z.ZodMiniType]
    ? z.infer<T>
    : never;
};
export type Config<S extends SectionName = SectionName> = { readonly [N in S]: ConfigSection<N> };

/**
 * Reads the sections named from the environment, once, at cold start. Everything that is wrong is told in one error, by the
 * variable's name and never by its value.
 */
export function readConfig<const S extends SectionName>(
  wanted: readonly S[],
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Config<S> {
  const problems: string[] = [];
  const config: Record<string, Record<string, unknown>> = {};
  for (const name of wanted) {
    const section: Record<string, unknown> = {};
    for (const [field, [variable, schema]] of Object.entries(sections[name]) as [string, [string, z.ZodMiniType]][]) {
      const parsed = schema.safeParse(environment[variable]);
      if (parsed.success) section[field] = parsed.data;
      else problems.push(`${variable} ${environment[variable] === undefined ? 'is not set' : 'is not valid'}`);
    }
    config[name] = section;
  }
  if (problems.length > 0) {
    throw new AppError('internal', `The environment of this function is incomplete: ${problems.join('; ')}.`);
  }
  return config as Config<S>;
}
