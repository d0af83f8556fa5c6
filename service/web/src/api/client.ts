// Requests to the service. Answers keep their numbers as texts.
import { language } from '../language';
import { parseExactly } from './decimal';
import { csrfToken, signInWanted, took } from './caller';
import type { Problem } from './types/problem';
import type { Session } from './types/session';

// What the service refused, in its own words.
export class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail);
  }
}

export interface Request {
  method?: 'GET' | 'POST' | 'DELETE';
  type?: string; // of the body
  accept?: string;
  body?: BodyInit;
  idempotencyKey?: string; // see intention.ts
  signal?: AbortSignal;
}

const tokenIsWrong = 'DJ-6042';

// Throws Refused, or TypeError where the service does not answer.
export async function send(path: string, request: Request = {}): Promise<Response> {
  try {
    return await sendOnce(path, request);
  } catch (error) {
    if (!(error instanceof Refused) || error.problem.code !== tokenIsWrong || typeof request.body === 'object') throw error;
  }
  // Another window has signed in since: its session is this window's as well.
  took(await get<Session>('/v1/session'));
  return sendOnce(path, request);
}

async function sendOnce(path: string, request: Request): Promise<Response> {
  const headers: Record<string, string> = { 'Accept-Language': language.value };
  if (request.type) headers['Content-Type'] = request.type;
  if (request.accept) headers.Accept = request.accept;
  if (request.idempotencyKey) headers['Idempotency-Key'] = request.idempotencyKey;
  const { method = 'GET', body, signal } = request;
  if (method !== 'GET' && csrfToken.value) headers['X-CSRF-Token'] = csrfToken.value;
  const response = await fetch(path, { method, headers, body, signal });
  if (response.status === 401) signInWanted.value = true;
  if (!response.ok) throw new Refused(parseExactly<Problem>(await response.text()));
  return response;
}

export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  return parseExactly<T>(await (await send(path, { signal })).text());
}

export async function post<T>(path: string, value: unknown): Promise<T> {
  const response = await send(path, { method: 'POST', type: 'application/json', body: JSON.stringify(value) });
  return parseExactly<T>(await response.text());
}

// A path with its query; empty values are left out.
export function withQuery(path: string, query: Record<string, string>): string {
  const text = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== '')).toString();
  return text ? `${path}?${text}` : path;
}
