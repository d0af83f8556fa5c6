// What the service refuses.
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
