/** A server of files on loopback that stands for the public internet. */
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { generate } from 'selfsigned';
import type { OutsideFetchOptions } from '../../../../adapters/outside-fetch.ts';

const loopback = '127.0.0.1';
const host = 'assets.example';

export interface Assets {
  readonly options: OutsideFetchOptions;
  url(path: string): string;
  /** Another picture lies at the same address from now on. */
  change(): void;
  close(): Promise<void>;
}

export async function serveAssets(): Promise<Assets> {
  const pems = await generate([{ name: 'commonName', value: host }], {
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: host }] }],
  });
  let picture = 'first';
  const server = createServer({ key: pems.private, cert: pems.cert }, (request, response) => {
    switch (request.url) {
      case '/404':
        return response.writeHead(404).end();
      case '/silence':
        return undefined;
      case '/page':
        return response.end('<html><body>no picture</body></html>');
      case '/large':
        return response.writeHead(200, { 'content-length': 11 * 1_048_576 }).flushHeaders();
      case '/inside':
        return response.writeHead(302, { location: 'https://inside.example/a.png' }).end();
      default:
        return response.end(Buffer.from(`\x89PNG\r\n\x1a\n${picture}`, 'latin1'));
    }
  });
  await new Promise<void>((listening) => server.listen(0, loopback, listening));
  const { port } = server.address() as AddressInfo;
  return {
    options: {
      ca: pems.cert,
      ports: [String(port), '443'],
      allowed: (address) => address === loopback,
      lookup: (name, done) => done(null, [{ address: name === host ? loopback : '10.1.2.3', family: 4 }]),
    },
    url: (path) => `https://${host}:${port}${path}`,
    change: () => {
      picture = 'second';
    },
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
