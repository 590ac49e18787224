/** One route as the client needs it; `Request` and `Answer` exist for the type checker only. */
export interface RouteDescription<Request, Answer, Streams extends boolean> {
  readonly method: string;
  readonly path: string;
  readonly streams: Streams;
  readonly idempotent: boolean;
  /** Answers the response itself, its body unread: reading it fails when the file breaks off. */
  readonly file?: true;
  readonly request?: Request;
  readonly answer?: Answer;
}

export const route = <Request, Answer, Streams extends boolean>(
  description: Pick<RouteDescription<Request, Answer, Streams>, 'method' | 'path' | 'streams' | 'idempotent' | 'file'>,
): RouteDescription<Request, Answer, Streams> => description;
