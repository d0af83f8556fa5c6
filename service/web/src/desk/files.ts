// Files that are dropped on the desk, made into the request that imports a publication. Its text goes as it is, or numbers
// would lose digits.
import { textOf } from '../api/files';

export interface Dropped {
  name: string;
  text: string | null; // null: its bytes are no UTF-8
  base64: string;
  kind: 'publication' | 'evidence';
  fault: string; // why it is no JSON though its name says so
}

function kindOf(name: string, text: string | null): Pick<Dropped, 'kind' | 'fault'> {
  if (text === null || !/\.json$/i.test(name)) return { kind: 'evidence', fault: '' };
  try {
    const format = (JSON.parse(text.replace(/^\uFEFF/, '')) as { format?: unknown } | null)?.format;
    return { kind: typeof format === 'string' && format.startsWith('dijia-publication/') ? 'publication' : 'evidence', fault: '' };
  } catch (error) {
    return { kind: 'evidence', fault: (error as Error).message };
  }
}

function base64Of(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 0x6000) parts.push(btoa(String.fromCharCode(...bytes.subarray(at, at + 0x6000))));
  return parts.join('');
}

export function droppedOf(name: string, bytes: Uint8Array): Dropped {
  const text = textOf(bytes);
  return { name, text, base64: text === null ? base64Of(bytes) : '', ...kindOf(name, text) };
}

// The body of `POST /v1/publications`. Precondition: `publication` is JSON.
export function importBody(publication: Dropped, evidence: Dropped[], note: string): string {
  const files = evidence.map((one) => (one.text === null ? { name: one.name, base64: one.base64 } : { name: one.name, text: one.text }));
  const rest = JSON.stringify({ note, ...(files.length ? { evidence: files } : {}) });
  return `{"publication": ${(publication.text ?? '').replace(/^\uFEFF/, '')}, ${rest.slice(1)}`;
}
