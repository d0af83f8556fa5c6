// The publications that one can be compared with: the published ones of its area, the one before it first chosen.
import { computed, ref, watch, type ComputedRef, type Ref } from 'vue';

import { useAnswer, type Answer } from '../api/answer';
import { withQuery } from '../api/client';
import type { ListedPublication, PublicationList } from '../api/types/publication';

export interface Against {
  list: Answer<PublicationList>;
  others: ComputedRef<ListedPublication[]>;
  against: Ref<string>; // an id; empty where there is none to compare with
}

export function useAgainst(publication: () => ListedPublication): Against {
  const against = ref('');
  const list = useAnswer<PublicationList>(() => withQuery('/v1/publications', { county: publication().county }));
  const others = computed(() =>
    (list.data.value?.publications ?? []).filter((one) => one.area === publication().area && one.id !== publication().id)
      .sort((a, b) => b.effective_from.localeCompare(a.effective_from)));
  watch(others, (found) => {
    const before = found.find((one) => one.effective_from <= publication().effective_from) ?? found[0];
    if (!found.some((one) => one.id === against.value)) against.value = before?.id ?? '';
  }, { immediate: true });
  return { list, others, against };
}
