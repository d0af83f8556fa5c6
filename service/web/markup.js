// Elements from names, attributes and children; every text is a text node, so nothing is ever markup.
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, '');
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return made;
}

// The drawing beside a verdict.
const paths = {
  lawful: 'M5 13l4.5 4.5L19 7.5',
  unlawful: 'M6 6l12 12M18 6L6 18',
  needs_facts: 'M8.5 9a3.5 3.5 0 1 1 5.2 3c-1.2.7-1.7 1.3-1.7 2.6M12 18.2v.1',
  conflict_review: 'M12 4v16M5 8h14M5 8l-2.2 6h4.4zM19 8l-2.2 6h4.4z',
  not_applicable: 'M6 12h12',
};
export function icon(verdict) {
  const space = 'http://www.w3.org/2000/svg';
  const drawing = document.createElementNS(space, 'svg');
  drawing.setAttribute('viewBox', '0 0 24 24');
  drawing.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(space, 'path');
  path.setAttribute('d', paths[verdict] ?? paths.not_applicable);
  path.setAttribute('fill', 'none');
  path.setAttribute('stroke', 'currentColor');
  path.setAttribute('stroke-width', '2.4');
  path.setAttribute('stroke-linecap', 'round');
  path.setAttribute('stroke-linejoin', 'round');
  drawing.append(path);
  return drawing;
}
