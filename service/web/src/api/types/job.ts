// Computations and refreshes as jobs.
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
