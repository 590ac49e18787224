import { createContext, type ReactNode, use } from 'react';
import type { ConextClient } from '../../../sdks/javascript/src/client.ts';
import type { Session } from '../../../sdks/javascript/src/generated/api.ts';
import type { SignIn } from '../session/sign-in.ts';

export interface Api {
  readonly client: ConextClient;
  readonly signIn: SignIn;
  readonly email: string | undefined;
  /** Of the signed-in person, as changes and the audit trail name people. */
  readonly subject: string;
  /** Answers of this visit by question, shown while they are asked for again. */
  readonly answers: Map<string, unknown>;
}

const ApiContext = createContext<Api | undefined>(undefined);
const SessionContext = createContext<Session | undefined>(undefined);

export function ApiProvider({ api, children }: { readonly api: Api; readonly children: ReactNode }) {
  return <ApiContext value={api}>{children}</ApiContext>;
}

export function SessionProvider({ session, children }: { readonly session: Session; readonly children: ReactNode }) {
  return <SessionContext value={session}>{children}</SessionContext>;
}

export function useApi(): Api {
  const api = use(ApiContext);
  if (api === undefined) throw new Error('useApi needs an ApiProvider around it.');
  return api;
}

export function useSession(): Session {
  const session = use(SessionContext);
  if (session === undefined) throw new Error('useSession needs a SessionProvider around it.');
  return session;
}

export type ScopeName = Session['scopes'][number];

/** Whether the signed-in person may; the API decides for itself, this only spares a refusal. */
export const useMay = (scope: ScopeName): boolean => useSession().scopes.includes(scope);
