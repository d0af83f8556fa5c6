// Other law tried on kept checks.
import type { Amount } from '../decimal';
import type { RulePack, Verdict } from './check';
import type { Mistake } from './problem';

export interface LawSide {
  decided_on?: string | null;
  readings?: Record<string, string>;
}

// Cases whose verdict changes, of one clause or county.
export interface FlipGroup {
  clause?: string;
  county?: string; // empty: not stated
  flips: string;
  to_lawful: string;
  to_unlawful: string;
  to_open: string;
  deficit_before_yuan: Amount;
  deficit_after_yuan: Amount;
}

export interface Flip {
  case_id: string;
  county: string;
  before: Verdict;
  after: Verdict;
  clause: string;
  price_yuan_per_sqm: Amount;
  minimum_before_yuan_per_sqm: Amount;
  minimum_after_yuan_per_sqm: Amount;
  deficit_before_yuan_per_sqm: Amount;
  deficit_after_yuan_per_sqm: Amount;
}

export interface RuleSimulation {
  rule_pack: RulePack;
  before: LawSide;
  after: LawSide;
  tried_pack?: RulePack; // of an office, when the request had one
  cases: string;
  flips: string;
  verdicts: { before: Verdict; after: Verdict; cases: string }[];
  deficit_before_yuan: Amount;
  deficit_after_yuan: Amount;
  by_clause: FlipGroup[];
  by_county: FlipGroup[];
  listed: Flip[];
  problems: Mistake[];
}
