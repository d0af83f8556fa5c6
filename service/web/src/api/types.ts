// What the service answers. An interface that is called like a schema of /openapi.json has its fields: a test
// compares them. Numbers are texts, see decimal.ts.
import type { Decimal } from './decimal';

export type Verdict = 'lawful' | 'unlawful' | 'needs_facts' | 'conflict_review' | 'not_applicable';
export type Outcome = Verdict | 'defect';
export type Amount = Decimal | null;

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

export interface Caller {
  key: string;
  name: string;
  role: 'viewer' | 'clerk' | 'approver' | 'admin';
  county: string; // the only one in which they change something; empty: all
}

export interface Session {
  caller: Caller | null; // null: no key is needed
  session: { csrf_token: string; idle_seconds: string; seconds_left: string } | null;
}

// What was done to a publication.
export interface LogEntry {
  entry: string;
  county: string;
  id: string;
  area: string;
  status_before: string | null;
  status: string;
  effective_from: string;
  effective_until: string | null;
  content_sha256: string;
  evidence: { name: string; sha256: string }[];
  submitted_by: string;
  actor: string;
  note: string;
  recorded_at: string;
  previous: string;
  hash: string;
  warnings?: { code: string; detail: string }[];
}

export interface Transitions {
  entries: LogEntry[];
}

// A publication on the desk: the last that was done to it, and what its document says.
export interface DeskEntry {
  entry: string;
  county: string;
  id: string;
  area: string;
  status_before: string | null;
  status: string;
  effective_from: string;
  effective_until: string | null;
  content_sha256: string;
  evidence: { name: string; sha256: string }[];
  submitted_by: string;
  actor: string;
  note: string;
  recorded_at: string;
  previous: string;
  hash: string;
  title: string;
  document_no: string;
  base_date: string | null;
  uses: { use: string; name: string }[];
}

export interface Desk {
  publications: DeskEntry[];
}

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

// A feature of GeoJSON with its price, as far as the console reads it; coordinates are texts too.
export interface MapShape {
  id: string;
  geometry: { type: 'Polygon' | 'MultiPolygon'; coordinates: unknown };
  properties: {
    use: string;
    name: string;
    sub_use: string;
    grade: string;
    zone: string | null;
    price_yuan_per_sqm?: Amount;
    price_wan_yuan_per_mu?: Amount;
    price_yuan_per_sqm_floor?: Amount;
  };
}

export interface MapShapes {
  features: MapShape[];
}

export interface PublicationList {
  publications: ListedPublication[];
}

export interface PriceRow {
  use: string;
  name: string;
  grade: string | null;
  sub_use?: string;
  zone?: string;
  route?: string;
  term_years: Decimal;
  capitalization_rate: Decimal;
  development_level: string;
  price_yuan_per_sqm?: Amount;
  price_wan_yuan_per_mu?: Amount;
  price_yuan_per_sqm_floor?: Amount;
  far?: Decimal | null;
  standard_depth_m?: Decimal | null;
  status?: string;
  method?: string;
}

export interface GradePrices {
  publication: string;
  county: string;
  area: string;
  base_date: string;
  effective_from: string;
  effective_until: string | null;
  status: string;
  prices: PriceRow[];
}

export interface Problem {
  type: string;
  title: string;
  status: string;
  code: string;
  detail: string;
  instance: string;
  request_id: string;
  errors?: { code: string; detail: string; pointer?: string; source?: string; row?: string; column?: string }[];
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

export interface PriceDifference {
  use: string;
  place: string;
  name: string | null;
  kind: string;
  old: StatedPrice | null;
  new: StatedPrice | null;
  change_percent: Decimal | null;
}

export interface StatedPrice {
  grade: string | null;
  price_yuan_per_sqm: Amount;
  far: Amount;
}

// What a change does to the parcels of a group, of a use, or together.
export interface ImpactSums {
  use?: string | null; // null: mixed, or not stated
  grade?: string | null;
  parcels: string;
  raised: string;
  lowered: string;
  same: string;
  not_valued: string;
  mean_change_percent: Decimal | null;
  largest_rise_percent: Decimal | null;
  largest_fall_percent: Decimal | null;
  with_total: string;
  old_total_yuan: Decimal;
  new_total_yuan: Decimal;
  total_change_percent: Decimal | null;
  more_yuan: Decimal;
  less_yuan: Decimal;
}

export interface PublicationImpact {
  old: NamedPublication;
  new: NamedPublication;
  groups: ImpactSums[];
  by_use: ImpactSums[];
  total: ImpactSums;
  withheld: { code: string; parcels: string; example: string }[];
  elsewhere: string;
  rows: string;
  refused: string;
  problems: NonNullable<Problem['errors']>;
}

export interface PublicationDiff {
  old: NamedPublication;
  new: NamedPublication;
  conditions: { use: string | null; name: string; old: string | null; new: string | null }[];
  prices: PriceDifference[];
  tables: { use: string; name: string; kind: string }[];
  counts: { use: string; raised: string; lowered: string; same: string; unlike: string }[];
}

export interface DueArea {
  county: string;
  county_name: string | null;
  area: string | null;
  status: 'current' | 'due' | 'overdue' | 'barred' | 'none';
  publication: string | null;
  document_no: string | null;
  base_date: string | null;
  effective_from: string | null;
  age_months: string | null;
  since: string | null;
  clause: { key: string; citation: string; text: string; is_open: boolean } | null;
  next: { status: string; on: string; days_left: string } | null;
}

export interface JobMessage {
  code: string;
  severity: 'note' | 'warning' | 'error';
  source: string;
  row: string | null;
  column: string | null;
  field: string;
  text: string;
}

export interface Job {
  id: string;
  kind: 'compute' | 'refresh' | 'check' | 'value';
  state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled' | 'interrupted';
  title: string;
  county: string | null;
  actor: string | null;
  created_at: string;
  started_at: string | null;
  ended_at: string | null;
  progress: { stage: string; done: string; total: string } | null;
  cancelling: boolean;
  cancelled_by: string | null;
  code: string | null;
  errors: string;
  warnings: string;
  publications: { id: string; county: string; area: string; imported: boolean }[];
  messages?: JobMessage[];
  files?: { name: string; bytes: string }[];
  links: { self: string; events: string; result?: string };
}

export interface JobList {
  jobs: Job[];
}

// A price of a computation, or of a refresh.
export interface ComputedPrice {
  use: string;
  grade: string | null;
  sub_use?: string | null;
  place?: string;
  name?: string | null;
  price_yuan_per_sqm: string | null;
  old_yuan_per_sqm?: string | null;
  change_percent?: string | null;
  status?: string;
  method: string | null;
  samples: string;
  used?: string;
  median?: string | null;
  ci95_low: string | null;
  ci95_high: string | null;
  notes?: { code: string; text: string }[];
}

export interface JobResult {
  publications: { id: string; county: string; area: string; folder: string; prices: ComputedPrice[] }[];
}

export interface RefreshStatus {
  as_of: string;
  areas: DueArea[];
}

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
  cases: string;
  flips: string;
  verdicts: { before: Verdict; after: Verdict; cases: string }[];
  deficit_before_yuan: Amount;
  deficit_after_yuan: Amount;
  by_clause: FlipGroup[];
  by_county: FlipGroup[];
  listed: Flip[];
  problems: NonNullable<Problem['errors']>;
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

export interface Choice {
  code: string;
  label: string;
}

export interface Fact {
  id: string;
  type: 'yes_no' | 'choice' | 'integer' | 'decimal' | 'date' | 'county' | 'industry';
  choices: Choice[];
  question: string;
  evidence: string;
  asked_as: string | null;
}

export interface Codes {
  rule_pack: RulePack;
  facts: Fact[];
  verdicts: Choice[];
  outcomes: Choice[];
  confidence: Choice[];
  labels: Record<string, string>;
}

export interface County {
  code: string;
  name: string;
  level: string;
  city_name: string;
}
