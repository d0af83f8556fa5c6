// Codes, facts and counties with their names.
import type { RulePack } from './check';

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
