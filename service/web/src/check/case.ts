// The case being checked: facts that were stated, by id, as the texts they were entered as.
import { computed, reactive, ref, shallowRef, watch } from 'vue';

import { post, Refused } from '../api/client';
import { factOf, facts } from '../api/reference';
import type { Check, MissingFact } from '../api/types/check';
import type { Fact } from '../api/types/reference';
import { language } from '../language';

// What every case starts with; everything else is asked when it matters.
export const startFacts = ['county', 'use', 'decided_on', 'price.kind', 'price.amount', 'area_sqm', 'term_years'];
const unitFact = 'price.unit'; // stands beside the amount

export interface Question {
  fact: Fact | undefined;
  missing: MissingFact;
}

const initial = () => ({ 'price.kind': 'reserve', [unitFact]: 'yuan_per_sqm' });

const stated = reactive<Record<string, string>>(initial());
const order = ref<string[]>([]); // facts beside the start, as they were answered
const skipped = ref<string[]>([]); // questions put off
const answer = shallowRef<Check | null>(null);
const fault = shallowRef<unknown>(null);
const faults = ref<Record<string, string>>({}); // by fact
const busy = ref(false);
const judged = shallowRef<Record<string, string>>({}); // the facts that the answer is about

export function isStart(id: string): boolean {
  return startFacts.includes(id) || id === unitFact;
}

// `price.amount` is `amount` of `price`; a half of the price alone says nothing.
export function caseOf(values: Record<string, string>): Record<string, unknown> {
  const made: Record<string, Record<string, unknown> | unknown> = {};
  for (const [id, text] of Object.entries(values)) {
    if (text === '') continue;
    if (id === unitFact && !values['price.amount']) continue;
    const value = factOf.value.get(id)?.type === 'yes_no' ? text === 'true' : text.trim();
    const [group, name] = id.split(/\.(.*)/s);
    if (name && (group === 'price' || group === 'facts')) ((made[group] ??= {}) as Record<string, unknown>)[name] = value;
    else made[id] = value;
  }
  return made;
}

function placeFaults(problem: Refused) {
  faults.value = {};
  for (const error of problem.problem.errors ?? []) {
    const id = (error.pointer ?? '').slice(1).replaceAll('/', '.');
    if (factOf.value.has(id)) faults.value[id] = error.detail;
  }
}

async function check() {
  busy.value = true;
  fault.value = null;
  faults.value = {};
  const asked = { ...stated };
  try {
    answer.value = await post<Check>('/v1/reserve-price-checks?inverse=1', caseOf(asked));
    judged.value = asked;
  } catch (error) {
    answer.value = null;
    fault.value = error;
    if (error instanceof Refused) placeFaults(error);
  } finally {
    busy.value = false;
  }
}

function state(id: string, value: string) {
  stated[id] = value;
  skipped.value = skipped.value.filter((one) => one !== id);
  if (value === '') order.value = order.value.filter((one) => one !== id);
  else if (!isStart(id) && !order.value.includes(id)) order.value = [...order.value, id];
}

function clear() {
  for (const id of Object.keys(stated)) delete stated[id];
  Object.assign(stated, initial());
  order.value = [];
  judged.value = {};
  skipped.value = [];
  answer.value = null;
  fault.value = null;
  faults.value = {};
}

function fill(example: Record<string, unknown>) {
  clear();
  const visit = (prefix: string, part: Record<string, unknown>) => {
    for (const [name, value] of Object.entries(part)) {
      if (value === null) continue;
      if (typeof value === 'object') visit(`${prefix}${name}.`, value as Record<string, unknown>);
      else if (factOf.value.has(prefix + name)) state(prefix + name, String(value));
    }
  };
  visit('', example);
}

// A fact that is derived is asked for by the fact it comes from, once.
const questions = computed<Question[]>(() => {
  const asked = new Map<string, Question>();
  for (const missing of answer.value?.missing ?? []) {
    const own = factOf.value.get(missing.fact);
    const fact = (own?.asked_as ? factOf.value.get(own.asked_as) : undefined) ?? own;
    const id = fact?.id ?? missing.fact;
    if (asked.has(id)) continue;
    const derived = fact && fact !== own;
    asked.set(id, { fact, missing: derived ? { ...missing, fact: id, question: fact.question, evidence: fact.evidence, answers: [] } : missing });
  }
  return [...asked.values()];
});

const open = computed(() => questions.value.filter((one) => !skipped.value.includes(one.missing.fact)));
// What is being entered stays where it is until it was judged.
const known = computed(() => order.value.filter((id) => judged.value[id]));
const others = computed(() => facts.value.filter((fact) => !isStart(fact.id) && !fact.asked_as && !known.value.includes(fact.id)));

// A verdict is in the language it was asked in.
watch(language, () => {
  if (answer.value || fault.value) void check();
});

export function useCase() {
  return { stated, judged, known, order, skipped, answer, fault, faults, busy, questions, open, others, check, state, clear, fill };
}
