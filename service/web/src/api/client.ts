// Requests to the service. Answers keep their numbers as texts.
import { language } from '../language';
import { parseExactly } from './decimal';
import { key, keyWanted } from './key';
import type { Problem } from './types';

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
  signal?: AbortSignal;
}

// Throws Refused, or TypeError where the service does not answer.
export async function send(path: string, request: Request = {}): Promise<Response> {
  const headers: Record<string, string> = { 'Accept-Language': language.value };
  if (request.type) headers['Content-Type'] = request.type;
  if (request.accept) headers.Accept = request.accept;
  if (key.value) headers.Authorization = `Bearer ${key.value}`;
  const { method = 'GET', body, signal } = request;
  const response = await fetch(path, { method, headers, body, signal });
  if (response.status === 401) keyWanted.value = true;
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
