// What appraisers decide about samples while they look at them.
import type { ReviewedSample, SampleDecision } from '../api/types/samples';

// Reasons that are rules of the plan and no facts: an inclusion may overrule them.
const screening = ['area_too_small', 'price_implausible', 'duplicate', 'outlier'];

export type Choice = SampleDecision['decision'];

// What can be decided about a sample; null where nothing can, or something is decided already.
export function choiceFor(sample: ReviewedSample): Choice | null {
  if (sample.sample_id === '' || sample.decision !== null) return null;
  if (sample.kept) return 'exclude';
  return screening.includes(sample.reason) ? 'include' : null;
}

export const without = (decisions: SampleDecision[], id: string) => decisions.filter((one) => one.sample_id !== id);

const keyOf = (one: SampleDecision) => JSON.stringify([one.sample_id, one.decision, one.reason, one.decided_by, one.decided_at]);

// Whether two lists say the same, in whatever order.
export function same(a: SampleDecision[], b: SampleDecision[]): boolean {
  const keys = new Set(a.map(keyOf));
  return a.length === b.length && b.every((one) => keys.has(keyOf(one)));
}

const columns = ['sample_id', 'decision', 'reason', 'decided_by', 'decided_at'] as const;

// As the file that a computation takes (RFC 4180).
export function csvOf(decisions: SampleDecision[]): string {
  const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
  return [columns.join(','), ...decisions.map((one) => columns.map((name) => cell(one[name])).join(','))].join('\r\n') + '\r\n';
}
