// The facts of a case in words.
import { computed } from 'vue';

import { countyName, factOf } from '../api/reference';
import { words } from '../language';

export const labelOf = computed(() => (id: string) => words.value.check.labels[id] ?? factOf.value.get(id)?.question ?? id);

// A stated value as people read it; yes and no come as `true`, `false` from the form and `yes`, `no` from the service.
export const valueOf = computed(() => (id: string, value: string | null) => {
  const fact = factOf.value.get(id);
  if (value === null || value === '') return words.value.unknown;
  if (fact?.type === 'yes_no') return value === 'true' || value === 'yes' ? words.value.yes : words.value.no;
  if (fact?.type === 'county') return `${value} ${countyName(value)}`;
  return fact?.choices.find((choice) => choice.code === value)?.label ?? value;
});
