// Signing in and out.
import { session, signInWanted, signIns, took } from './caller';
import { get, post, Refused, send } from './client';
import type { Session } from './types/session';

// Who is signed in already: in another window, or before the page was loaded anew.
export async function resume(): Promise<void> {
  try {
    took(await get<Session>('/v1/session'));
  } catch (error) {
    if (!(error instanceof Refused)) throw error; // a 401 has asked for the key
  }
}

// Throws what post throws.
export async function signIn(key: string): Promise<void> {
  took(await post<Session>('/v1/session', { key: key.trim() }));
}

export async function signOut(): Promise<void> {
  await send('/v1/session', { method: 'DELETE' });
  session.value = null;
  signInWanted.value = true;
  ++signIns.value;
}
