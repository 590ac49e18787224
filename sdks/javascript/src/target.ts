/** What a route's method is called with; the generated types say what a certain route takes. */
export interface LooseRequest {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: unknown;
}

/** Address of a request. A path in `baseUrl`, such as an API stage, stays in front. Throws `TypeError` for a path that cannot be. */
export function targetOf(baseUrl: string, path: string, request: LooseRequest): URL {
  const filled = path.replace(/\{(\w+)\}/g, (_whole, name: string) => {
    const value = request.path?.[name];
    if (value === undefined || value === null || value === '') {
      throw new TypeError(`"${name}" is missing from the path of ${path}.`);
    }
    // Browsers resolve these even when they are escaped: the request would go to another route.
    if (value === '.' || value === '..') {
      throw new TypeError(`"${name}" cannot be "${value}" in the path of ${path}.`);
    }
    return encodeURIComponent(value);
  });
  const target = new URL(`${baseUrl.replace(/\/+$/, '')}${filled}`);
  for (const [name, value] of Object.entries(request.query ?? {})) {
    if (value !== undefined) {
      target.searchParams.set(name, String(value));
    }
  }
  return target;
}
