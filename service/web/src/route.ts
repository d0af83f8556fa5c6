// Where the console is: `#/prices?county=431230`. The address holds what a page shows, so that it can be sent to a
// colleague, and the server needs to know one page only.
import { readonly, ref } from 'vue';

export const pages = ['check', 'prices', 'refresh', 'desk', 'rules'] as const;
export type PageName = (typeof pages)[number];
export type Query = Record<string, string>;

interface Place {
  page: PageName;
  query: Query;
}

function read(): Place {
  const [path, query] = location.hash.replace(/^#\/?/, '').split('?');
  const page = pages.find((name) => name === path) ?? 'check';
  return { page, query: Object.fromEntries(new URLSearchParams(query ?? '')) };
}

const place = ref<Place>(read());
addEventListener('hashchange', () => {
  place.value = read();
});

export const route = readonly(place);

// The address of a page; empty values are left out.
export function addressOf(page: PageName, query: Query = {}): string {
  const text = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== '')).toString();
  return `#/${page}${text ? '?' + text : ''}`;
}

// Changes what the page shows without a step of the browser's history.
export function show(changes: Query): void {
  const { page, query } = place.value;
  history.replaceState(null, '', addressOf(page, { ...query, ...changes }));
  place.value = read();
}
