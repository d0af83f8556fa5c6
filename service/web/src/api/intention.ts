// What somebody means to do, once: all tries of it carry one Idempotency-Key, so that a second click, or a try again after
// the answer was lost, is given the first answer.
import { send } from './client';
import { parseExactly } from './decimal';

export interface Change {
  type?: string; // of a body that is a text
  body: string | FormData;
}

// The answer to a change; throws what send throws.
export type Act = <T>(path: string, change: Change) => Promise<T>;

// Not randomUUID, which pages that came without TLS from another machine lack.
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

// What makes one change another; files are the same while nobody picks them anew.
const partsOf = (path: string, { body }: Change) => [path, ...(typeof body === 'string' ? [body] : [...body].flat())];

// For a form, from its opening on. Another content, or the next one after a success, is another intention.
export function intention(): Act {
  let meant: { parts: unknown[]; key: string } | null = null;
  return async function act<T>(path: string, change: Change): Promise<T> {
    const parts = partsOf(path, change);
    const isSame = meant !== null && meant.parts.length === parts.length && parts.every((part, i) => part === meant?.parts[i]);
    const mine = meant !== null && isSame ? meant : { parts, key: newKey() };
    meant = mine;
    const response = await send(path, { method: 'POST', ...change, idempotencyKey: mine.key });
    const answer = parseExactly<T>(await response.text());
    if (meant === mine) meant = null;
    return answer;
  };
}
