// Other law tried on the cases of the checks that were kept.
import { ref, shallowRef, watch } from 'vue';

import { post, send } from '../api/client';
import type { RuleSimulation } from '../api/types/trial';
import { language } from '../language';
import { textsOf, type PackFile } from './pack';

export interface Order {
  county: string;
  before: string; // a day; empty: each case on its own
  after: string;
  reading: string; // that is decided otherwise; empty: none
  option: string;
  pack: PackFile[]; // of an office, on top of the law in force; empty: none
}

// The body of `POST /v1/rule-simulations`.
export function bodyOf({ county, before, after, reading, option, pack }: Order) {
  const readings = reading && option ? { readings: { [reading]: option } } : {};
  const own = pack.length ? { pack: textsOf(pack) } : {};
  return { county, before: { decided_on: before || null }, after: { decided_on: after || null, ...readings }, ...own };
}

const path = '/v1/rule-simulations';

export function useTrial() {
  const asked = shallowRef<Order | null>(null);
  const answer = shallowRef<RuleSimulation | null>(null);
  const fault = shallowRef<unknown>(null);
  const busy = ref(false);
  let turn = 0; // only the last answer counts

  async function tryLaw(order: Order) {
    const mine = ++turn;
    asked.value = { ...order };
    answer.value = fault.value = null;
    busy.value = true;
    try {
      const found = await post<RuleSimulation>(path, bodyOf(order));
      if (mine === turn) answer.value = found;
    } catch (error) {
      if (mine === turn) fault.value = error;
    } finally {
      if (mine === turn) busy.value = false;
    }
  }

  // What was tried is what nobody asks for any more.
  function forget() {
    ++turn;
    asked.value = answer.value = fault.value = null;
    busy.value = false;
  }

  // Every case that changes, as CSV; nothing where the service refuses.
  async function table(): Promise<Blob | null> {
    if (!asked.value) return null;
    try {
      const response = await send(path, { method: 'POST', type: 'application/json', accept: 'text/csv', body: JSON.stringify(bodyOf(asked.value)) });
      return await response.blob();
    } catch (error) {
      fault.value = error;
      return null;
    }
  }

  watch(language, () => {
    if (asked.value) void tryLaw(asked.value);
  });
  return { answer, fault, busy, tryLaw, forget, table };
}
