// Where the marks of a strip plot stand: prices along a line, those that would cover each other beside it.
export interface Scale {
  at: (price: number) => number; // in the units of the drawing
  ticks: number[];
}

// From the lowest to the highest of some prices, with round ticks; about `count` of them.
export function scaleOf(prices: number[], from: number, to: number, count = 5): Scale {
  const [lowest, highest] = [Math.min(...prices), Math.max(...prices)];
  const span = highest - lowest || Math.abs(highest) || 1;
  const raw = span / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((one) => one * power).find((one) => one >= raw) ?? raw;
  const [start, end] = [Math.floor((lowest - span * 0.02) / step) * step, Math.ceil((highest + span * 0.02) / step) * step];
  const ticks = Array.from({ length: Math.round((end - start) / step) + 1 }, (_, i) => Number((start + i * step).toPrecision(12)));
  return { at: (price) => from + ((price - start) / (end - start)) * (to - from), ticks };
}

// A lane for each place: 0 in the middle, 1, -1, 2, … outward; what finds none of `lanes` free takes the one that it covers
// least.
export function lanesOf(places: number[], size: number, lanes: number): number[] {
  const ends: number[] = Array<number>(lanes).fill(-Infinity);
  const order = places.map((_, i) => i).sort((a, b) => places[a] - places[b]);
  const found = Array<number>(places.length).fill(0);
  for (const i of order) {
    const free = ends.findIndex((end) => end <= places[i]);
    const lane = free >= 0 ? free : ends.indexOf(Math.min(...ends));
    ends[lane] = places[i] + size;
    found[i] = lane % 2 ? (lane + 1) / 2 : -lane / 2;
  }
  return found.map((lane) => lane + 0); // no -0
}
