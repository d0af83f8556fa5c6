// What a parcel is worth, step by step.
import type { Amount, Decimal } from '../decimal';

export interface ValuationStep {
  name: string;
  kind: string;
  coefficient?: Decimal;
  add_yuan_per_sqm?: Decimal;
  input: string;
  source: string;
  after_yuan_per_sqm: Decimal;
  factors?: { factor: string; level: string; percent: Decimal; input: string }[];
}

export interface ValuationNote {
  field: string | null;
  code: string;
  text: string;
}

export interface Valuation {
  parcel_id: string | null;
  status: 'valued' | 'withheld';
  unit_price_yuan_per_sqm: Amount;
  floor_price_yuan_per_sqm: Amount;
  total_yuan: Amount;
  base_price_yuan_per_sqm: Amount;
  publication: string | null;
  steps: ValuationStep[];
  parts?: { name: string; use: string; weight: string; base_price_yuan_per_sqm: Decimal; steps: ValuationStep[] }[];
  warnings: ValuationNote[];
  missing: ValuationNote[];
}
