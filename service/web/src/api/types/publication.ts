// Publications: what names them, and their documents.
import type { Amount, Decimal } from '../decimal';

export interface ListedPublication {
  id: string;
  county: string;
  area: string;
  title: string;
  document_no: string;
  base_date: string;
  effective_from: string;
  effective_until: string | null;
  status: string;
  recorded_at: string | null;
  has_zones: boolean;
  uses: { use: string; name: string }[];
}

export interface PublicationList {
  publications: ListedPublication[];
}

// The document dijia-publication/1, as far as the console reads it.
export interface Publication {
  format: string;
  id: string;
  county: string;
  base_date: string;
  status: string;
  area: string;
  uses: Record<string, PublishedUse>;
}

export interface PublishedUse {
  name: string;
  term_years: Decimal;
  capitalization_rate: Decimal;
  development_level?: string;
  grades: { grade: string; price: Amount; far?: Decimal; sub_use?: string }[];
  zones?: { zone: string; grade: string }[];
  routes?: { route: string }[];
  formula?: Formula;
  frontage_formula?: Formula;
  coefficients: Record<string, Coefficient>;
}

export interface Formula {
  sum?: string;
  product?: string[];
  add?: string[];
  excess?: string[];
}

export interface Breaks {
  bounds: Decimal[];
  closed: 'left' | 'right';
  order: string[];
}

export interface Factor {
  factor: string;
  levels: Record<string, Decimal>;
  breaks?: Breaks;
}

type ByGrade = Record<string, Decimal>;
export type Coefficient =
  | { kind: 'term_formula' }
  | { kind: 'curve'; interpolation?: string; outside?: string; rows?: { at: Decimal; values: ByGrade }[]; exponents?: ByGrade; base?: Decimal }
  | { kind: 'monthly_rate'; rate: Decimal }
  | { kind: 'index'; points: { date: string; index: Decimal }[] }
  | { kind: 'levels'; levels: Record<string, Decimal>; ranges?: Record<string, { low: Decimal; high: Decimal }>; breaks?: Breaks }
  | { kind: 'factors'; tables: Record<string, Factor[]> }
  | { kind: 'additive'; levels: Record<string, Decimal> }
  | { kind: 'depth'; standard_depth_m: Decimal; rows: { at: Decimal; percent: Decimal }[] }
  | { kind: 'matrix'; standard: Record<string, string>; rows: Record<string, Record<string, Decimal>>; breaks?: Breaks };

export interface NamedPublication {
  id: string;
  county: string;
  area: string | null;
  title: string | null;
  document_no: string | null;
  status: string;
  base_date: string;
  effective_from: string | null;
}
