// The rows of a publication arranged for people: uses down, grades across.
import type { GradePrices, PriceRow } from '../api/types/prices';

export interface UseLine {
  key: string;
  name: string;
  cells: Map<string, PriceRow>; // by grade
}

export interface Priced {
  amount: string | null;
  perMu: string | null;
  floor: boolean;
}

export function pricedOf(row: PriceRow): Priced {
  if (row.price_yuan_per_sqm_floor !== undefined) return { amount: row.price_yuan_per_sqm_floor, perMu: null, floor: true };
  return { amount: row.price_yuan_per_sqm ?? null, perMu: row.price_wan_yuan_per_mu ?? null, floor: false };
}

export const isGradeRow = (row: PriceRow) => row.zone === undefined && row.route === undefined;

export function useName(row: PriceRow): string {
  return row.sub_use ? `${row.name}（${row.sub_use}）` : row.name;
}

export function gradesOf(prices: GradePrices): string[] {
  const grades = new Set(prices.prices.filter(isGradeRow).map((row) => row.grade ?? ''));
  return [...grades].sort((a, b) => Number(a) - Number(b));
}

export function linesOf(prices: GradePrices): UseLine[] {
  const lines = new Map<string, UseLine>();
  for (const row of prices.prices.filter(isGradeRow)) {
    const key = `${row.use}/${row.sub_use ?? ''}`;
    if (!lines.has(key)) lines.set(key, { key, name: useName(row), cells: new Map() });
    lines.get(key)?.cells.set(row.grade ?? '', row);
  }
  return [...lines.values()];
}

// Whether two rows price the same thing, in whichever publication.
export function sameCell(a: PriceRow, b: PriceRow): boolean {
  const isSame = (key: 'use' | 'sub_use' | 'zone' | 'route') => (a[key] ?? '') === (b[key] ?? '');
  return isSame('use') && isSame('sub_use') && isSame('zone') && isSame('route') && (!isGradeRow(a) || a.grade === b.grade);
}
