// What collected decisions come to for the cell that is looked at: asked for whenever either changes.
import { shallowRef, watch } from 'vue';

import { post, withQuery } from '../api/client';
import type { DecisionEffect, SampleDecision } from '../api/types/samples';
import { language } from '../language';

export interface Weighed {
  path: string;
  query: Record<string, string>;
  decisions: SampleDecision[];
}

// `asked` gives null where there is nothing to weigh.
export function useEffectOf(asked: () => Weighed | null) {
  const effect = shallowRef<DecisionEffect | null>(null);
  const fault = shallowRef<unknown>(null);
  const key = () => JSON.stringify(asked());
  watch([key, language], async ([now], _, onCleanup) => {
    let isOver = false;
    onCleanup(() => (isOver = true));
    fault.value = null;
    const weighed = asked();
    if (weighed === null) {
      effect.value = null;
      return;
    }
    try {
      const answer = await post<DecisionEffect>(withQuery(weighed.path, weighed.query), { decisions: weighed.decisions });
      if (!isOver && key() === now) effect.value = answer;
    } catch (error) {
      if (isOver) return;
      effect.value = null;
      fault.value = error;
    }
  }, { immediate: true });
  return { effect, fault };
}
