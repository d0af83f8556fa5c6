// The job that a page shows: followed while it lasts, with its result when it is done.
import { shallowRef, watch } from 'vue';

import { get } from '../api/client';
import type { Job, JobResult } from '../api/types/job';
import { language } from '../language';
import { follow } from './events';

// Of a program that sent many rows: what it comes to is the file of their answers.
export const isBatch = (job: Job) => job.kind === 'check' || job.kind === 'value';
export const hasEnded = (job: Job) => job.state !== 'queued' && job.state !== 'running';

// `id` gives the job, or an empty text for none.
export function useJob(id: () => string) {
  const job = shallowRef<Job | null>(null);
  const result = shallowRef<JobResult | null>(null);
  const fault = shallowRef<unknown>(null);
  watch([id, language], async ([name], _, onCleanup) => {
    const abort = new AbortController();
    onCleanup(() => abort.abort());
    fault.value = null;
    if (job.value?.id !== name) job.value = result.value = null;
    if (name === '') return;
    try {
      await follow(`/v1/jobs/${encodeURIComponent(name)}/events`, (now) => (job.value = now), abort.signal);
      const link = job.value && !isBatch(job.value) ? job.value.links.result : undefined;
      if (link && !abort.signal.aborted) result.value = await get<JobResult>(link, abort.signal);
    } catch (error) {
      if (!abort.signal.aborted) fault.value = error;
    }
  }, { immediate: true });
  return { job, result, fault };
}
