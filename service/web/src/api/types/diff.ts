// What changed between two publications.
import type { Amount, Decimal } from '../decimal';
import type { NamedPublication } from './publication';

export interface PriceDifference {
  use: string;
  place: string;
  name: string | null;
  kind: string;
  old: StatedPrice | null;
  new: StatedPrice | null;
  change_percent: Decimal | null;
}

export interface StatedPrice {
  grade: string | null;
  price_yuan_per_sqm: Amount;
  far: Amount;
}

export interface PublicationDiff {
  old: NamedPublication;
  new: NamedPublication;
  conditions: { use: string | null; name: string; old: string | null; new: string | null }[];
  prices: PriceDifference[];
  tables: { use: string; name: string; kind: string }[];
  counts: { use: string; raised: string; lowered: string; same: string; unlike: string }[];
}
