// Which prices are current, and which are due.
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

export interface RefreshStatus {
  as_of: string;
  areas: DueArea[];
}
