// The things of a publication in words.
import { computed } from 'vue';

import { nameOf } from '../api/reference';
import type { PriceRow } from '../api/types/prices';
import { words } from '../language';
import { useName } from './rows';

export const cellName = computed(() => (row: PriceRow) => {
  const place = row.zone ?? row.route ?? (row.grade === null ? '' : words.value.grade(row.grade));
  return `${useName(row)} ${place}`.trim();
});

// The name of a coefficient or a step; offices' own names stand as they are.
export const stepName = computed(() => (name: string) => nameOf(name, 'step'));

// What a step went by. The place of a price comes as `grade 2 NAME`, `zone NAME` or `route NAME`; the rest is figures and
// the office's own words.
export const stepInput = computed(() => (input: string) => {
  const [, kind, name, rest] = /^(grade|zone|route) ([^ ,]+)(.*)$/.exec(input) ?? [];
  if (kind === 'grade') return words.value.grade(name) + rest;
  return kind ? `${words.value.prices[kind as 'zone' | 'route']} ${name}${rest.replace(/, grade (\d+)$/, (_, grade: string) => `（${words.value.grade(grade)}）`)}` : input;
});
