// Decisions that are collected and not yet computed with, by publication and what it now is; kept while the console is open.
import { shallowReactive } from 'vue';

import type { DeskEntry } from '../api/types/desk';
import type { SampleDecision } from '../api/types/samples';

const collected = shallowReactive(new Map<string, SampleDecision[]>());
const placeOf = (entry: DeskEntry) => [entry.county, entry.id, entry.content_sha256].join(' ');
export const collectedFor = (entry: DeskEntry) => collected.get(placeOf(entry));
export const collect = (entry: DeskEntry, decisions: SampleDecision[]) => collected.set(placeOf(entry), decisions);
export const forget = (entry: DeskEntry) => collected.delete(placeOf(entry));
