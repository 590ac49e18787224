import type * as z from 'zod/mini';
import type { Scope } from './access.ts';

type ObjectSchema = z.ZodMiniObject;

export interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: `/v1/${string}`;
  /** In the words of the documentation's index. */
  readonly summary: string;
  /** The capability that answers, as `<module>/<capability>` under functions/. */
  readonly handler: `${string}/${string}`;
  /** `public`: no token; the function knows in another way for whom it is, and says how beside its route. */
  readonly scope: Scope | 'public';
  readonly pathParams?: ObjectSchema;
  readonly query?: ObjectSchema;
  readonly body?: ObjectSchema;
  /** What the documentation shows of a body whose parts the function checks each on its own. */
  readonly documentedBody?: z.ZodMiniType;
  /** Success status and schema; a stream has the schema of one event. JSON where no media type is said. */
  readonly success: {
    readonly status: 200 | 201 | 202 | 204;
    readonly schema: z.ZodMiniType;
    readonly mediaType?: string;
  };
  /** Through the gateway's response streaming. `events`: server-sent events; `file`: a download. */
  readonly streaming?: 'events' | 'file';
  /** POST routes take `Idempotency-Key`. */
  readonly idempotent?: boolean;
  /** PATCH routes need `If-Match` with the tag of what they change, as GET answered it. */
  readonly conditional?: boolean;
}
