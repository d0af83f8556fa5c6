// The shapes of grades and zones in words and colours.
import type { MapShape } from '../api/types/map';
import { words } from '../language';
import type { Priced } from './rows';

const colours = 8; // of theme.css; grades beyond share the last

export const colourClass = (grade: string) => `grade-${Math.min(Number(grade), colours)}`;

export function placeName(shape: MapShape): string {
  const { sub_use, zone, grade } = shape.properties;
  const place = zone ?? words.value.grade(grade);
  return sub_use ? `${sub_use} ${place}` : place;
}

export function priceOn(shape: MapShape): Priced {
  const { price_yuan_per_sqm, price_wan_yuan_per_mu, price_yuan_per_sqm_floor } = shape.properties;
  if (price_yuan_per_sqm_floor !== undefined) return { amount: price_yuan_per_sqm_floor, perMu: null, floor: true };
  return { amount: price_yuan_per_sqm ?? null, perMu: price_wan_yuan_per_mu ?? null, floor: false };
}

export function usesOn(shapes: MapShape[]): { use: string; name: string }[] {
  return [...new Map(shapes.map(({ properties: { use, name } }) => [use, { use, name }])).values()];
}

export function gradesOn(shapes: MapShape[]): string[] {
  return [...new Set(shapes.map((one) => one.properties.grade))].sort((a, b) => Number(a) - Number(b));
}
