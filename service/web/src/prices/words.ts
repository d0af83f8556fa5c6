// The things of a publication in words.
import { computed } from 'vue';

import { nameOf } from '../api/reference';
import type { PriceRow } from '../api/types';
import { words } from '../language';
import { useName } from './rows';

export const cellName = computed(() => (row: PriceRow) => {
  const place = row.zone ?? row.route ?? (row.grade === null ? '' : words.value.grade(row.grade));
  return `${useName(row)} ${place}`.trim();
});

// The name of a coefficient or a step; offices' own names stand as they are.
export const stepName = computed(() => (name: string) => nameOf(name, 'step'));
