// The prices of a publication.
import type { Amount, Decimal } from '../decimal';

export interface PriceRow {
  use: string;
  name: string;
  grade: string | null;
  sub_use?: string;
  zone?: string;
  route?: string;
  term_years: Decimal;
  capitalization_rate: Decimal;
  development_level: string;
  price_yuan_per_sqm?: Amount;
  price_wan_yuan_per_mu?: Amount;
  price_yuan_per_sqm_floor?: Amount;
  far?: Decimal | null;
  standard_depth_m?: Decimal | null;
  status?: string;
  method?: string;
}

export interface GradePrices {
  publication: string;
  county: string;
  area: string;
  base_date: string;
  effective_from: string;
  effective_until: string | null;
  status: string;
  prices: PriceRow[];
}
