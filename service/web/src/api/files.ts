// Tables that people have as files, on their way to the service and back.
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

// What can be sent, by the end of its name.
export const isTable = (name: string) => /\.(csv|xlsx)$/i.test(name);
// The media type of a table. Precondition: isTable.
export const typeOf = ({ name }: File) => (/\.xlsx$/i.test(name) ? xlsx : 'text/csv');
export const workbookType = xlsx;

// The text of a file, its byte order mark included; null where its bytes are no UTF-8.
export function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

// Gives an answer to the reader as a file.
export function saveAs(answer: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(answer);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

// The same, called like the file that it answers: `cases.xlsx` → `cases-checked.csv`.
export function saveBeside(file: File, answer: Blob, ending: string): void {
  saveAs(answer, file.name.replace(/\.\w+$/, '') + ending);
}
