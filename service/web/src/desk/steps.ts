// What may be done with a publication, by whom, and what comes of it: the rules of the service told before the click. The
// service has the last word.
import type { DeskEntry } from '../api/types/desk';
import type { Caller } from '../api/types/session';

export type Status = 'submitted' | 'approved' | 'published' | 'withdrawn';
export type Hindrance = 'caller' | 'county' | 'role' | 'person';

export interface Step {
  to: Status;
  role: 'clerk' | 'approver'; // that it needs
  hindrance: Hindrance | null;
}

const next: Record<string, Status[]> = {
  draft: ['submitted', 'withdrawn'],
  submitted: ['approved', 'withdrawn'],
  approved: ['published', 'withdrawn'],
  published: ['withdrawn'],
};

// Names that differ at most in the case of ASCII letters are one person.
const folded = (name: string) => name.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
export const isSamePerson = (a: string, b: string) => folded(a) === folded(b);

function hindranceOf(to: Status, role: Step['role'], entry: DeskEntry, caller: Caller | null): Hindrance | null {
  if (caller === null) return 'caller';
  if (caller.role === 'viewer' || (role === 'approver' && caller.role === 'clerk')) return 'role';
  if (caller.county !== '' && caller.county !== entry.county) return 'county';
  const wantsAnother = to === 'approved' || to === 'published';
  return wantsAnother && isSamePerson(entry.submitted_by, caller.name) ? 'person' : null;
}

export function stepsOf(entry: DeskEntry, caller: Caller | null): Step[] {
  return (next[entry.status] ?? []).map((to) => {
    const role = to === 'submitted' ? 'clerk' : 'approver';
    return { to, role, hindrance: hindranceOf(to, role, entry, caller) };
  });
}

// What an entry of the log did, which the state before it tells apart: a name of `acts` of the texts.
export function actOf(entry: Pick<DeskEntry, 'status' | 'status_before'>): string {
  if (entry.status === 'draft' && entry.status_before !== null) return 'replaced';
  return entry.status === 'published' && entry.status_before === 'superseded' ? 'returned' : entry.status;
}

const isOfSameArea = (a: DeskEntry, b: DeskEntry) => a.county === b.county && a.area === b.area && a.id !== b.id;

// The prices in force whose period publishing ends.
export const predecessorOf = (entry: DeskEntry, all: DeskEntry[]) => all.find((one) => isOfSameArea(one, entry) && one.status === 'published') ?? null;

// Those that are in force again when published ones are withdrawn.
export const returningTo = (entry: DeskEntry, all: DeskEntry[]) =>
  all.find((one) => isOfSameArea(one, entry) && one.status === 'superseded' && one.effective_until === entry.effective_from) ?? null;

// Whole days from one day to another.
export const daysBetween = (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
