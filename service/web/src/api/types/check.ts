// A price held against the law.
import type { Amount, Decimal } from '../decimal';

export type Verdict = 'lawful' | 'unlawful' | 'needs_facts' | 'conflict_review' | 'not_applicable';
export type Outcome = Verdict | 'defect';

export interface RulePack {
  id: string;
  version: string;
  sha256: string;
}

export interface Citation {
  instrument: string;
  article: string;
  in_force_from: string | null;
  confidence: string;
}

export interface Finding {
  rule: string;
  clause: string;
  outcome: Outcome;
  reason: string;
  citation: Citation;
  values: Record<string, Decimal>;
  words_sha256: string;
}

export interface MissingFact {
  fact: string;
  question: string;
  evidence: string;
  matters_because: string;
  answers: { value: string; verdict: Verdict; lawful_minimum_yuan_per_sqm: Amount }[];
}

export interface FactChange {
  fact: string;
  from: string | null;
  to: string;
}

export interface Check {
  case_id: string;
  verdict: Verdict;
  lawful_minimum_yuan_per_sqm: Amount;
  price_yuan_per_sqm: Amount;
  price_50y_yuan_per_sqm: Amount;
  standard_yuan_per_sqm: Amount;
  ratio: Decimal | null;
  deficit_yuan_per_sqm: Amount;
  equal_within_rounding: boolean;
  deciding_rule: string;
  findings: Finding[];
  missing: MissingFact[];
  readings: { reading: string; verdict: Verdict }[];
  decided_on: string | null;
  rule_pack: RulePack;
  lowest_lawful?: {
    price_yuan_per_sqm?: Amount;
    rent_yuan_per_sqm_year?: Amount;
    transfer_price_yuan_per_sqm?: Amount;
    longest_term_years?: Amount;
  };
  nearest_lawful_facts?: { changes: FactChange[]; lawful_minimum_yuan_per_sqm: Amount }[];
  kept?: { id: string; recorded_at: string; hash: string };
}
