/** The dashboard as CloudFront and its bucket would serve it, on a loopback port. */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ResolvedResource } from '../ports.ts';
import type { LocalOrigins } from './response-headers.ts';
import { type Behaviour, readSiteDefinition, type SiteDefinition } from './site-definition.ts';
import { type SiteFile, SiteFiles } from './site-files.ts';

/** What the dashboard reads from `/config.json` before it starts. */
export interface SiteConfig {
  readonly apiUrl: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
}

export interface HostingDeps {
  /** All resolved resources; only AWS::CloudFront::* are read. */
  readonly resources: readonly ResolvedResource[];
  /** The built site, e.g. `dist/dashboard`. */
  readonly folder: string;
  /** Asked at each request, so that hosting may start before the API and the identity provider. */
  readonly config: () => SiteConfig;
  /** Origins the page may call besides its own: API and identity provider. */
  readonly localOrigins: LocalOrigins;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly onFailure?: (message: string) => void;
}

export interface Hosting {
  /** Without a trailing slash. */
  readonly url: string;
  close(): Promise<void>;
}

const configPath = '/config.json';

/** Throws, naming each, when the templates ask for something that cannot be served. */
export async function createHosting(deps: HostingDeps): Promise<Hosting> {
  const site = readSiteDefinition(
    deps.resources.filter((resource) => resource.type.startsWith('AWS::CloudFront::')),
    deps.localOrigins,
  );
  const files = new SiteFiles(deps.folder);
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    response.once('finish', () => {
      if (!server.listening) setImmediate(() => server.closeIdleConnections());
    });
    serve(deps, site, files, request, response).catch((error: unknown) => {
      deps.onFailure?.(error instanceof Error ? (error.stack ?? error.message) : String(error));
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end();
    });
  });
  const host = deps.host ?? '127.0.0.1';
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(deps.port, host, () => resolve());
  });
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const cut = setTimeout(() => server.closeAllConnections(), 2_000);
      await closed;
      clearTimeout(cut);
    },
  };
}

async function serve(
  deps: HostingDeps,
  site: SiteDefinition,
  files: SiteFiles,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  const behaviour =
    site.behaviours.find(({ pattern }) => pattern === undefined || pattern.test(path)) ?? site.behaviours.at(-1);
  applyHeaders(response, behaviour);
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return void plain(response, 403, 'This site is only read.');
  if (path === configPath) {
    response.setHeader('Content-Type', 'application/json');
    response.setHeader('Cache-Control', 'no-store');
    return void response.end(request.method === 'HEAD' ? undefined : JSON.stringify(deps.config()));
  }
  const found = await files.find(path === '/' ? `/${site.rootObject}` : path);
  if (found.kind === 'refused') return void plain(response, 400, 'There is no such path.');
  if (found.kind === 'found') return send(files, behaviour, request, response, 200, found.file);
  // A bucket that may not be listed answers 403 for a key that does not exist, one that may answers 404.
  const errorPage = site.errorPages.get(404) ?? site.errorPages.get(403);
  const instead = errorPage === undefined ? undefined : await files.find(errorPage.page);
  if (errorPage === undefined || instead?.kind !== 'found') return void plain(response, 404, 'There is no such page.');
  return send(files, behaviour, request, response, errorPage.status, instead.file);
}

async function send(
  files: SiteFiles,
  behaviour: Behaviour | undefined,
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  file: SiteFile,
): Promise<void> {
  response.setHeader('Content-Type', file.contentType);
  response.setHeader('Cache-Control', cacheControl(file.path));
  response.setHeader('ETag', file.etag);
  response.setHeader('Vary', 'Accept-Encoding');
  if (status === 200 && request.headers['if-none-match']?.split(/,\s*/).includes(file.etag)) {
    return void response.writeHead(304).end();
  }
  const accepted = behaviour?.compress === true ? String(request.headers['accept-encoding'] ?? '') : '';
  const { encoding, bytes } = await files.encoded(file, accepted);
  if (encoding !== 'identity') response.setHeader('Content-Encoding', encoding);
  response.setHeader('Content-Length', bytes.length);
  response.writeHead(status).end(request.method === 'HEAD' ? undefined : bytes);
}

/** Names that carry a hash of their content never change; everything else is asked for again each time. */
function cacheControl(path: string): string {
  return /^\/assets\/.*-[\w-]{8,}\.\w+$/.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache';
}

function applyHeaders(response: ServerResponse, behaviour: Behaviour | undefined): void {
  for (const [name, value] of behaviour?.headers.set ?? []) response.setHeader(name, value);
  for (const name of behaviour?.headers.remove ?? []) response.removeHeader(name);
}

function plain(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' }).end(text);
}
