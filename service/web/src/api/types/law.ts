// The rule pack.
import type { Decimal } from '../decimal';
import type { Citation, RulePack } from './check';

export interface LawCitation extends Citation {
  in_force_until: string | null;
  verified_on: string | null;
}

export interface Clause {
  clause: string;
  rule: string;
  kind: string;
  says: string;
  ratio: Decimal | null;
  citation: LawCitation;
  words_sha256: string;
}

export interface LawValue {
  id: string;
  value: Decimal;
  unit: string;
  citation: LawCitation;
}

export interface LawTable {
  id: string;
  unit: string;
  keys: string[];
  citation: LawCitation;
  rows: { keys: string[]; value: Decimal; in_force_from: string | null; in_force_until: string | null }[];
}

export interface Reading {
  id: string;
  question: string;
  options: { id: string; text: string; in_force_from: string | null; in_force_until: string | null }[];
  chosen: string;
  chosen_by: string;
  chosen_on: string | null;
  selected: boolean;
}

export interface Law {
  rule_pack: RulePack;
  title: string;
  as_of: string | null;
  clauses: Clause[];
  values: LawValue[];
  tables: LawTable[];
  readings: Reading[];
  instruments: { id: string; number: string; title: string; verified_on: string | null }[];
}
