// An office's own rule pack as files, on its way to be tried on top of the law in force.
import { textOf } from '../api/files';
import type { Mistake } from '../api/types/problem';

export interface PackFile {
  name: string;
  text: string;
  bytes: number; // of the text
}

// A file that is not taken, and why: of another kind, too large, no UTF-8, or not to be read, as a folder.
export interface LeftOut {
  name: string;
  why: 'kind' | 'large' | 'encoding' | 'unreadable';
}

// Bytes of the names and texts together: pack_bytes of service/http/limits.h, against which a test holds it.
export const mostBytes = 256 * 1024;

const lengthOf = (text: string) => new TextEncoder().encode(text).length;
export const bytesOf = (files: PackFile[]) => files.reduce((sum, one) => sum + lengthOf(one.name) + one.bytes, 0);

// A file that somebody chose; what is too large is not read at all.
export async function read(file: File): Promise<PackFile | LeftOut> {
  const { name } = file;
  if (!/\.(toml|csv)$/.test(name)) return { name, why: 'kind' };
  if (file.size > mostBytes) return { name, why: 'large' };
  try {
    const text = textOf(new Uint8Array(await file.arrayBuffer()))?.replace(/^\uFEFF/, '');
    return text === undefined ? { name, why: 'encoding' } : { name, text, bytes: lengthOf(text) };
  } catch {
    return { name, why: 'unreadable' };
  }
}

// The files with those that were chosen last, which take the place of others of their names; by name, as the service reads them.
export function joined(files: PackFile[], chosen: (PackFile | LeftOut)[]): PackFile[] {
  const names = new Set(chosen.map((one) => one.name));
  const kept = files.filter((one) => !names.has(one.name));
  return [...kept, ...chosen.filter((one): one is PackFile => 'text' in one)].sort((a, b) => (a.name < b.name ? -1 : 1));
}

// As `pack` of `POST /v1/rule-simulations`.
export const textsOf = (files: PackFile[]) => Object.fromEntries(files.map((one) => [one.name, one.text]));

const pointerTo = (name: string) => `/pack/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
const placeOf = ({ row, column }: Mistake) => [Number(row ?? 0), Number(column ?? 0)];

function byPlace(a: Mistake, b: Mistake): number {
  const [rowOfA, columnOfA] = placeOf(a);
  const [rowOfB, columnOfB] = placeOf(b);
  return rowOfA - rowOfB || columnOfA - columnOfB;
}

export interface Sorted {
  ofFiles: Map<string, Mistake[]>; // by name, from top to bottom
  ofPack: Mistake[]; // of no single file
  others: Mistake[]; // of the rest of the request
}

// What the service says is wrong, where it belongs.
export function sorted(mistakes: Mistake[], files: PackFile[]): Sorted {
  const at = (name: string) => mistakes.filter((one) => one.pointer === pointerTo(name)).sort(byPlace);
  const ofFiles = new Map(files.map((one) => [one.name, at(one.name)]));
  const placed = new Set([...ofFiles.values()].flat());
  const rest = mistakes.filter((one) => !placed.has(one));
  const isOfPack = ({ pointer }: Mistake) => pointer === '/pack' || pointer?.startsWith('/pack/');
  return { ofFiles, ofPack: rest.filter(isOfPack), others: rest.filter((one) => !isOfPack(one)) };
}
