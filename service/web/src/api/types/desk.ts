// Publications as they are worked on, and what was done to them.
// A step of a publication, as it was recorded.
interface RecordedStep {
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
}

// What was done to a publication.
export interface LogEntry extends RecordedStep {
  warnings?: { code: string; detail: string }[];
}

export interface Transitions {
  entries: LogEntry[];
}

// A publication on the desk: the last that was done to it, and what its document says.
export interface DeskEntry extends RecordedStep {
  title: string;
  document_no: string;
  base_date: string | null;
  uses: { use: string; name: string }[];
}

export interface Desk {
  publications: DeskEntry[];
}
