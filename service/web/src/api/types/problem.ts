// What the service refuses.
export interface Problem {
  type: string;
  title: string;
  status: string;
  code: string;
  detail: string;
  instance: string;
  request_id: string;
  errors?: Mistake[];
}

// One thing that is wrong with what was sent.
export interface Mistake {
  code: string;
  detail: string;
  pointer?: string;
  source?: string;
  row?: string;
  column?: string;
}
