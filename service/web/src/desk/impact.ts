// Who pays more and who less by a publication: a file of parcels sent to be valued by it and by another.
import { ref, shallowRef, watch } from 'vue';

import { send, withQuery } from '../api/client';
import { parseExactly } from '../api/decimal';
import { saveBeside, typeOf } from '../api/files';
import type { PublicationImpact } from '../api/types/impact';
import type { ListedPublication } from '../api/types/publication';
import { language } from '../language';

// Asked again when the file, what it is compared with, or the language changes; only the last answer counts.
export function useImpact(publication: () => ListedPublication, against: () => string) {
  const file = shallowRef<File | null>(null);
  const impact = shallowRef<PublicationImpact | null>(null);
  const fault = shallowRef<unknown>(null);
  const busy = ref(false);
  const saving = ref(false);
  const path = () => {
    const { id, county } = publication();
    return withQuery(`/v1/publications/${encodeURIComponent(id)}/impact`, { county, against: against() });
  };

  watch([file, against, language], async ([chosen, other], _, onCleanup) => {
    const abort = new AbortController();
    onCleanup(() => abort.abort());
    impact.value = fault.value = null;
    busy.value = chosen !== null && other !== '';
    if (!chosen || !busy.value) return;
    try {
      const response = await send(path(), { method: 'POST', type: typeOf(chosen), accept: 'application/json', body: chosen, signal: abort.signal });
      const answer = parseExactly<PublicationImpact>(await response.text());
      if (!abort.signal.aborted) impact.value = answer;
    } catch (error) {
      if (!abort.signal.aborted) fault.value = error;
    } finally {
      if (!abort.signal.aborted) busy.value = false;
    }
  });

  // The parcels one by one, as CSV.
  async function save() {
    if (!file.value) return;
    saving.value = true;
    try {
      const response = await send(path(), { method: 'POST', type: typeOf(file.value), accept: 'text/csv', body: file.value });
      saveBeside(file.value, await response.blob(), '-impact.csv');
    } catch (error) {
      fault.value = error;
    } finally {
      saving.value = false;
    }
  }
  return { file, impact, fault, busy, saving, save };
}
