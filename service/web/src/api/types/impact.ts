// Who is affected by a publication.
import type { Decimal } from '../decimal';
import type { Mistake } from './problem';
import type { NamedPublication } from './publication';

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
  problems: Mistake[];
}
