/** The part of oidc-provider in use; the package ships no types and its published ones lag behind. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  export interface ProtocolEntity {
    readonly jti?: string;
    readonly accountId?: string;
    readonly grantId?: string;
    readonly scope?: string;
    /** Epoch seconds. */
    readonly authTime?: number;
    readonly nonce?: string;
  }

  export interface Interaction {
    readonly uid: string;
    readonly params: Readonly<Record<string, unknown>>;
  }

  export interface Session extends ProtocolEntity {
    destroy(): Promise<void>;
  }

  export class Grant {
    constructor(properties: { readonly clientId: string; readonly accountId: string });
    addOIDCScope(scope: string): void;
    save(): Promise<string>;
  }

  export interface OidcContext {
    readonly params: Readonly<Record<string, string | undefined>>;
    readonly client: { readonly clientId: string };
    readonly session: { readonly accountId?: string };
    readonly entities: Readonly<Record<string, ProtocolEntity | undefined>>;
  }

  export interface KoaContext {
    readonly oidc: OidcContext;
    readonly path: string;
    status: number;
    type: string;
    body: unknown;
    set(name: string, value: string): void;
  }

  export class Provider {
    constructor(issuer: string, configuration: object);
    /** Read whenever a token or the discovery document is written. */
    issuer: string;
    readonly Grant: typeof Grant;
    readonly Session: { get(ctx: unknown): Promise<Session> };
    use(middleware: (ctx: KoaContext, next: () => Promise<void>) => Promise<void>): this;
    callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>;
    createContext(request: IncomingMessage, response: ServerResponse): unknown;
    interactionDetails(request: IncomingMessage, response: ServerResponse): Promise<Interaction>;
    interactionFinished(request: IncomingMessage, response: ServerResponse, result: object): Promise<void>;
    on(event: 'server_error', listener: (ctx: KoaContext, error: Error) => void): this;
  }
}
