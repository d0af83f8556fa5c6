// The sums of an impact in words, for the table and for its short form on a phone.
import { grouped, roughly } from '../api/decimal';
import type { ImpactSums, PublicationImpact } from '../api/types/impact';
import { words } from '../language';

export interface SumRow {
  kind: 'use' | 'grade' | 'all';
  name: string;
  sums: ImpactSums;
}

export interface Figure {
  name: string;
  unit: string;
  text: string; // empty: there is none
}

// Each use with its grades below it, and all together at the end.
export function rowsOf(impact: PublicationImpact, useName: (use: string | null | undefined) => string): SumRow[] {
  const { noGrade, together } = words.value.desk.impact;
  return [
    ...impact.by_use.flatMap((ofUse): SumRow[] => [
      { kind: 'use', name: useName(ofUse.use), sums: ofUse },
      ...impact.groups.filter((one) => one.use === ofUse.use).map((one): SumRow =>
        ({ kind: 'grade', name: one.grade == null ? noGrade : words.value.grade(one.grade), sums: one })),
    ]),
    { kind: 'all', name: together, sums: impact.total },
  ];
}

const sign = (change: string | null) => (change === null ? '' : roughly(change) > 0 ? `+${change}` : change);
const rangeOf = ({ largest_fall_percent: fall, largest_rise_percent: rise }: ImpactSums) => [fall, rise].filter((one) => one !== null).map(sign).join(' … ');

// How many parcels, and what becomes of them.
export function countsOf(sums: ImpactSums): Figure[] {
  const { parcels, raised, lowered, same, notValued } = words.value.desk.impact;
  return [[parcels, sums.parcels], [raised, sums.raised], [lowered, sums.lowered], [same, sums.same], [notValued, sums.not_valued]]
    .map(([name, count]) => ({ name, unit: '', text: grouped(count) }));
}

export const meanOf = (sums: ImpactSums): Figure => ({ name: words.value.desk.impact.mean, unit: '%', text: sign(sums.mean_change_percent) });

// By how much: the widest changes and the money.
export function amountsOf(sums: ImpactSums): Figure[] {
  const { range, oldTotal, newTotal, more, less, yuan } = words.value.desk.impact;
  const money = (name: string, amount: string) => ({ name, unit: yuan, text: sums.with_total === '0' ? '' : grouped(amount) });
  return [
    { name: range, unit: '%', text: rangeOf(sums) },
    money(oldTotal, sums.old_total_yuan), money(newTotal, sums.new_total_yuan), money(more, sums.more_yuan), money(less, sums.less_yuan),
  ];
}
