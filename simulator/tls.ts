import { createServer as createHttpServer, type RequestListener } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import * as grpc from '@grpc/grpc-js';

/** The names Google's clients connect to, and loopback. */
const hostNames = [
  'googleads.googleapis.com',
  'oauth2.googleapis.com',
  'www.googleapis.com',
  'accounts.google.com',
  'localhost',
];

/**
 * REST, OAuth and gRPC on one TLS port, as Google serves them: who negotiates h2 speaks gRPC, who speaks HTTP/1.1 speaks
 * REST. Gives the port and the certificate a client must trust.
 */
export async function serveTls(
  grpcServer: grpc.Server,
  rest: RequestListener,
  port: number,
  closers: (() => Promise<void>)[],
): Promise<{ readonly port: number; readonly caPem: string }> {
  // Loaded only where it is used: it is slow to load and only tests with TLS need it.
  const { generate } = await import('selfsigned');
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'googleads.googleapis.com' }], {
    keySize: 2048,
    extensions: [
      { name: 'basicConstraints', cA: true },
      {
        name: 'subjectAltName',
        altNames: [...hostNames.map((value) => ({ type: 2 as const, value })), { type: 7 as const, ip: '127.0.0.1' }],
      },
    ],
  });
  const http = createHttpServer(rest);
  const injector = grpcServer.createConnectionInjector(grpc.ServerCredentials.createInsecure());
  const sockets = new Set<Socket>();
  const server = createTlsServer({ key, cert, ALPNProtocols: ['h2', 'http/1.1'] }, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    if (socket.alpnProtocol === 'h2') injector.injectConnection(socket);
    else http.emit('connection', socket);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  closers.push(
    () =>
      new Promise((resolve) => {
        injector.destroy();
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  );
  return { port: (server.address() as AddressInfo).port, caPem: cert };
}
