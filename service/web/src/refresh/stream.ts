// Server-sent events out of the text of a stream.
export interface ServerEvent {
  name: string;
  data: string;
}

// The events that have come whole, and what is left of the text. Comments, which keep a stream alive, are none.
export function takeEvents(text: string): { events: ServerEvent[]; rest: string } {
  const blocks = text.split('\n\n');
  const rest = blocks.pop() ?? '';
  const events = blocks.map((block) => {
    const fields = new Map(block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]));
    return { name: fields.get('event') ?? '', data: fields.get('data') ?? '' };
  });
  return { events: events.filter((event) => event.data !== ''), rest };
}
