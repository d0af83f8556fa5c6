// A moment in UTC, as the log has it, as people read it where they are: 2026-05-01 16:00.
export function localTime(utc: string): string {
  const at = new Date(utc);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}`;
}
