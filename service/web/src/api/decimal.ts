// Exact decimals as the texts they came in: nothing here goes through a floating-point number.

// A number of an answer, digit for digit.
export type Decimal = string;
// The same where there may be none.
export type Amount = Decimal | null;

// JSON whose numbers stay texts.
export function parseExactly<T>(json: string): T {
  const quoted = json.replace(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g, (token) => (token[0] === '"' ? token : `"${token}"`));
  return JSON.parse(quoted) as T;
}

// `1234567.5` as `1,234,567.5`.
export function grouped(decimal: Decimal): string {
  const [, sign, whole, rest] = /^(-?)(\d+)(.*)$/.exec(decimal) ?? [];
  if (whole === undefined) return decimal;
  return sign + (whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, ',') : whole) + rest;
}

// `0.7` as `70 %`: the point moves two places.
export function percent(share: Decimal): string {
  const [, sign, whole, fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(share) ?? [];
  if (whole === undefined) return share;
  const padded = fraction.padEnd(2, '0');
  const digits = (whole + padded.slice(0, 2)).replace(/^0+(?=\d)/, '');
  const rest = padded.slice(2).replace(/0+$/, '');
  return `${sign}${digits}${rest ? '.' + rest : ''} %`;
}

// For drawing and order only, never for a figure that is shown.
export function roughly(decimal: Decimal): number {
  return Number(decimal);
}
