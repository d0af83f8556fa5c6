// The law arranged for reading, and two states of it compared.
import type { Clause, Law, LawTable, LawValue } from '../api/types/law';

export interface Group {
  id: string; // the first word of the rules in it
  clauses: Clause[];
}

const groupOf = (clause: Clause) => clause.rule.split('.')[0];

// What the law is mostly asked for comes first; the rest as it stands in the pack.
const first = ['industrial', 'agreement', 'lease', 'lease_then_transfer', 'realestate', 'benchmark'];

export function groupsOf(clauses: Clause[]): Group[] {
  const groups = new Map<string, Clause[]>(first.map((id) => [id, []]));
  for (const clause of clauses) groups.set(groupOf(clause), [...(groups.get(groupOf(clause)) ?? []), clause]);
  return [...groups].filter(([, found]) => found.length > 0).map(([id, found]) => ({ id, clauses: found }));
}

export function holds(clause: Clause, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  const { instrument, article } = clause.citation;
  return [clause.says, clause.rule, clause.clause, `${instrument} ${article}`].some((part) => part.toLowerCase().includes(wanted));
}

export interface Change<T> {
  kind: 'added' | 'removed' | 'changed';
  key: string;
  before: T | null;
  after: T | null;
}

// Things by their key: new ones, ended ones, and those whose content is another.
function compare<T>(before: T[], after: T[], keyOf: (one: T) => string, contentOf: (one: T) => string): Change<T>[] {
  const old = new Map(before.map((one) => [keyOf(one), one]));
  const now = new Map(after.map((one) => [keyOf(one), one]));
  const changes: Change<T>[] = [];
  for (const [key, one] of now) {
    const earlier = old.get(key) ?? null;
    if (earlier === null) changes.push({ kind: 'added', key, before: null, after: one });
    else if (contentOf(earlier) !== contentOf(one)) changes.push({ kind: 'changed', key, before: earlier, after: one });
  }
  for (const [key, one] of old) {
    if (!now.has(key)) changes.push({ kind: 'removed', key, before: one, after: null });
  }
  return changes;
}

export interface LawChange {
  clauses: Change<Clause>[];
  values: Change<LawValue>[];
  rows: { table: LawTable; rows: Change<LawTable['rows'][number]>[] }[];
}

export function changesOf(before: Law, after: Law): LawChange {
  const clauseContent = (one: Clause) => JSON.stringify([one.says, one.ratio, one.citation.instrument, one.citation.article]);
  const rows = after.tables.flatMap((table) => {
    const old = before.tables.find((one) => one.id === table.id);
    const found = compare(old?.rows ?? [], table.rows, (row) => row.keys.join(' · '), (row) => row.value);
    return found.length ? [{ table, rows: found }] : [];
  });
  return {
    clauses: compare(before.clauses, after.clauses, (one) => one.clause, clauseContent),
    values: compare(before.values, after.values, (one) => one.id, (one) => one.value),
    rows,
  };
}
