// A file of cases on its way to the service, and its answers.
import { computed, ref, shallowRef, watch } from 'vue';

import { send } from '../api/client';
import { typeOf, workbookType } from '../api/files';
import { language } from '../language';
import { parseCsv } from './csv';

export interface BatchRow {
  row: string;
  case_id: string;
  verdict: string;
  lawful_minimum_yuan_per_sqm: string;
  price_yuan_per_sqm: string;
  deficit_yuan_per_sqm: string;
  citation: string;
  reason: string;
}

const kPath = '/v1/reserve-price-checks/batch';

const file = shallowRef<File | null>(null);
const csv = shallowRef<Blob | null>(null);
const rows = shallowRef<BatchRow[]>([]);
const fault = shallowRef<unknown>(null);
const busy = ref(false);
let sent = 0; // only the last answer counts

function rowsOf(text: string): BatchRow[] {
  const [header = [], ...lines] = parseCsv(text.replace(/^\uFEFF/, ''));
  return lines.map((cells) => Object.fromEntries(header.map((name, i) => [name, cells[i] ?? ''])) as unknown as BatchRow);
}

async function judge(chosen: File | null) {
  const turn = ++sent;
  file.value = chosen;
  csv.value = null;
  rows.value = [];
  fault.value = null;
  if (!chosen) return;
  busy.value = true;
  try {
    const response = await send(kPath, { method: 'POST', type: typeOf(chosen), accept: 'text/csv', body: chosen });
    const answer = await response.blob();
    const made = rowsOf(await answer.text());
    if (turn !== sent) return;
    csv.value = answer;
    rows.value = made;
  } catch (error) {
    if (turn === sent) fault.value = error;
  } finally {
    if (turn === sent) busy.value = false;
  }
}

// The answers once more, as the workbook that an office mails.
async function workbook(): Promise<Blob | null> {
  if (!file.value) return null;
  try {
    return await (await send(kPath, { method: 'POST', type: typeOf(file.value), accept: workbookType, body: file.value })).blob();
  } catch (error) {
    fault.value = error;
    return null;
  }
}

const counts = computed(() => {
  const found = new Map<string, number>();
  for (const row of rows.value) found.set(row.verdict, (found.get(row.verdict) ?? 0) + 1);
  return found;
});

watch(language, () => {
  if (file.value) void judge(file.value);
});

export function useBatch() {
  return { file, csv, rows, counts, fault, busy, judge, workbook };
}
