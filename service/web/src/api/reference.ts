// What every page knows: facts, names of codes, counties. Asked once for each language.
import { computed } from 'vue';

import { useAnswer } from './answer';
import type { Codes, County, Fact } from './types/reference';

const codes = useAnswer<Codes>(() => '/v1/codes');
const counties = useAnswer<{ counties: County[] }>(() => '/v1/counties');

export const referenceFault = codes.fault;
export const packIdentity = computed(() => codes.data.value?.rule_pack ?? null);
export const facts = computed<Fact[]>(() => codes.data.value?.facts ?? []);
export const factOf = computed(() => new Map(facts.value.map((fact) => [fact.id, fact])));
export const countyList = computed(() => (counties.data.value?.counties ?? []).filter((one) => one.level === 'county'));

const verdictNames = computed(() => new Map((codes.data.value?.verdicts ?? []).map((row) => [row.code, row.label])));
const outcomeNames = computed(() => new Map((codes.data.value?.outcomes ?? []).map((row) => [row.code, row.label])));
const confidenceNames = computed(() => new Map((codes.data.value?.confidence ?? []).map((row) => [row.code, row.label])));
const countyNames = computed(() => new Map(countyList.value.map((one) => [one.code, one.name])));

export const verdictName = (code: string) => verdictNames.value.get(code) ?? code;
export const outcomeName = (code: string) => outcomeNames.value.get(code) ?? code;
export const confidenceName = (code: string) => confidenceNames.value.get(code) ?? code;
export const countyName = (code: string) => countyNames.value.get(code) ?? code;

// The name of a code of data/reference/labels.csv, with or without the list it belongs to: `due.overdue`.
export function nameOf(code: string, list = ''): string {
  const labels = codes.data.value?.labels ?? {};
  return labels[list ? `${list}.${code}` : code] ?? labels[code] ?? code;
}
