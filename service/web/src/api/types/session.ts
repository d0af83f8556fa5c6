// Who asks.
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
