// The sales behind prices, and decisions on them.
import type { Amount, Decimal } from '../decimal';

export interface SampleCell {
  use: string;
  name: string;
  sub_use: string;
  grade: string;
  status: string;
  method: string;
  price_yuan_per_sqm: Amount;
  computed_price_yuan_per_sqm: Amount;
  rows: string;
  screened: string;
  used: string;
  excluded: string; // by decision of appraisers
  included: string; // the same, against a screening rule
  mean: Decimal | null;
  median: Decimal | null;
  cv: Decimal | null;
  estimate: Decimal | null;
  interval_low: Decimal | null;
  interval_high: Decimal | null;
  interval_coverage: Decimal | null;
  samples?: ReviewedSample[];
}

export interface ReviewedSample {
  row: string;
  source: string;
  sample_id: string;
  date: string | null;
  raw_price_yuan_per_sqm: Decimal | null;
  normalized_price_yuan_per_sqm: Decimal | null;
  kept: boolean;
  reason: string;
  rule: string | null;
  figure: Decimal | null;
  limit: Decimal | null;
  decision: SampleDecision['decision'] | null;
  overruled: string | null; // the screening rule that an inclusion overrules
}

export interface SampleDecision {
  sample_id: string;
  decision: 'include' | 'exclude';
  reason: string;
  decided_by: string;
  decided_at: string;
}

export interface CellState {
  status: string;
  price_yuan_per_sqm: Amount;
}

export interface DecisionEffect {
  before: SampleCells;
  after: SampleCells | null;
  others: { use: string; name: string; sub_use: string; grade: string; before: CellState | null; after: CellState | null }[];
  notes: { code: string; detail: string }[];
}

export interface SampleCells {
  publication: string;
  county: string;
  area: string;
  cells: SampleCell[];
  left_out: { reason: string; rows: string }[];
  decisions: SampleDecision[]; // of the whole run
}
