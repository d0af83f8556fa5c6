// A job followed by its server-sent events. Each is the whole job, so that a stream which breaks off is simply opened again.
import { Refused, send } from '../api/client';
import { parseExactly } from '../api/decimal';
import type { Job } from '../api/types/job';
import { takeEvents } from './stream';

async function followOnce(path: string, tell: (job: Job) => void, signal: AbortSignal): Promise<boolean> {
  const response = await send(path, { accept: 'text/event-stream', signal });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  for (let text = ''; ;) {
    const { done, value } = await reader.read();
    if (done) return false;
    const taken = takeEvents(text + value);
    text = taken.rest;
    for (const event of taken.events) {
      tell(parseExactly<Job>(event.data));
      if (event.name === 'end') return true;
    }
  }
}

// Tells of every change up to the end of the job. Throws Refused.
export async function follow(path: string, tell: (job: Job) => void, signal: AbortSignal): Promise<void> {
  const pause = 2000;
  while (!signal.aborted) {
    try {
      if (await followOnce(path, tell, signal)) return;
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof Refused && error.problem.status !== '503') throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}
