// The answer to a question that depends on what a page shows: asked again when that or the language changes, and when
// somebody has signed in.
import { ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue';

import { language } from '../language';
import { signIns } from './caller';
import { get } from './client';

export interface Answer<T> {
  data: ShallowRef<T | null>;
  fault: ShallowRef<unknown>; // what went wrong, for ProblemCard
  busy: Ref<boolean>;
  again: () => void; // asks once more, and shows what is there until then
}

// `path` gives the address to ask, or null while there is nothing to ask.
export function useAnswer<T>(path: () => string | null): Answer<T> {
  return useAnswers<T, T>(() => {
    const one = path();
    return one === null ? null : [one];
  }, ([only]) => only);
}

// Several addresses at once, made into one thing.
export function useAnswers<T, Made = T[]>(paths: () => string[] | null, make: (answers: T[]) => Made): Answer<Made> {
  const data = shallowRef<Made | null>(null);
  const fault = shallowRef<unknown>(null);
  const busy = ref(false);
  const rounds = ref(0);
  watch([() => paths()?.join('\n') ?? null, language, signIns, rounds], async ([asked], _, onCleanup) => {
    const abort = new AbortController();
    onCleanup(() => abort.abort());
    fault.value = null;
    if (asked === null) {
      data.value = null;
      return;
    }
    busy.value = true;
    try {
      const addresses = asked === '' ? [] : asked.split('\n');
      const answers = await Promise.all(addresses.map((address) => get<T>(address, abort.signal)));
      if (!abort.signal.aborted) data.value = make(answers);
    } catch (error) {
      if (abort.signal.aborted) return;
      data.value = null;
      fault.value = error;
    } finally {
      if (!abort.signal.aborted) busy.value = false;
    }
  }, { immediate: true });
  return { data, fault, busy, again: () => ++rounds.value };
}
