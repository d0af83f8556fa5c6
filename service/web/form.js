// The form: one field for each fact of the rule pack, in sections; values go in and out as a case.
import { element } from './markup.js';

// What a case usually needs, by section; every other fact is under "other facts".
const sections = [
  ['parcel', ['county', 'land_class', 'use', 'area_sqm']],
  ['supply', ['method', 'decided_on', 'term_years', 'capitalization_rate']],
  ['price', ['price.kind', 'price.amount']],
  ['cost', ['cost_yuan_per_sqm', 'rebates_yuan_per_sqm']],
  ['project', ['facts.priority_industry_listed', 'facts.agri_processing_listed', 'facts.industry_code', 'facts.industry_code_version',
    'facts.far', 'facts.building_coefficient', 'facts.inside_planned_area', 'facts.land_origin',
    'facts.valuation_methods', 'facts.collective_decision']],
];
const besideAnother = new Set(['price.unit']);

const idOf = (fact) => 'f-' + fact.id.replaceAll('.', '-');

function choices(fact, words) {
  const none = element('option', { value: '' }, fact.id === 'price.unit' ? words.unit : words.choose);
  return [none, ...fact.choices.map((choice) => element('option', { value: choice.code }, choice.label))];
}

// The control of a fact with `name` = its id.
export function control(fact, words, attributes = {}) {
  const shared = { name: fact.id, ...attributes };
  switch (fact.type) {
    case 'choice':
      return element('select', shared, choices(fact, words));
    case 'date':
      return element('input', { type: 'date', ...shared });
    case 'county':
      return element('input', { type: 'text', list: 'counties', inputmode: 'numeric', maxlength: 6, autocomplete: 'off', ...shared });
    case 'integer':
    case 'industry':
      return element('input', { type: 'text', inputmode: 'numeric', autocomplete: 'off', ...shared });
    default:
      return element('input', { type: 'text', inputmode: 'decimal', autocomplete: 'off', ...shared });
  }
}

function yesNo(fact, words, label) {
  const option = (value, text) => element('label', {},
    element('input', { type: 'radio', name: fact.id, value, checked: value === '' }), element('span', {}, text));
  const group = element('div', { class: 'choices', role: 'radiogroup', id: idOf(fact), 'aria-labelledby': idOf(fact) + '-label' },
    option('true', words.yes), option('false', words.no), option('', words.unknown));
  return [element('div', { class: 'label', id: idOf(fact) + '-label' }, label), group];
}

function field(fact, facts, words) {
  const label = words.labels[fact.id] ?? fact.question;
  const hint = words.labels[fact.id] ? null : fact.evidence;
  let parts;
  if (fact.type === 'yes_no') {
    parts = yesNo(fact, words, label);
  } else if (fact.id === 'price.amount') {
    const unit = facts.find((other) => other.id === 'price.unit');
    parts = [element('label', { for: idOf(fact) }, label),
      element('div', { class: 'with-unit' }, control(fact, words, { id: idOf(fact) }),
        control(unit, words, { id: idOf(unit), 'aria-label': unit.question }))];
  } else {
    parts = [element('label', { for: idOf(fact) }, label), control(fact, words, { id: idOf(fact) })];
  }
  return element('div', { class: 'field', 'data-fact': fact.id }, parts, hint ? element('div', { class: 'hint' }, hint) : null);
}

export function drawForm(place, facts, counties, words) {
  const known = new Map(facts.map((fact) => [fact.id, fact]));
  const shown = new Set(besideAnother);
  const drawn = sections.map(([name, ids]) => {
    const present = ids.filter((id) => known.has(id));
    present.forEach((id) => shown.add(id));
    return element('fieldset', {}, element('legend', {}, words[name]),
      element('div', { class: 'fields' }, present.map((id) => field(known.get(id), facts, words))));
  });
  const rest = facts.filter((fact) => !shown.has(fact.id) && !fact.asked_as);
  drawn.push(element('details', { class: 'more' },
    element('summary', {}, words.more + ' ', element('span', { class: 'count' }, words.moreCount(rest.length))),
    element('div', { class: 'fields' }, rest.map((fact) => field(fact, facts, words)))));
  const list = element('datalist', { id: 'counties' },
    counties.filter((county) => county.level === 'county').map((county) =>
      element('option', { value: county.code }, `${county.city_name} ${county.name}`)));
  place.replaceChildren(...drawn, list);
}

// The values of the form by fact; facts without a value are absent.
export function values(form) {
  return Object.fromEntries([...new FormData(form)].map(([id, value]) => [id, value.trim()]).filter(([, value]) => value !== ''));
}

// Values as a case: `price.amount` is `amount` of `price`.
export function caseOf(stated, facts) {
  const made = {};
  for (const [id, text] of Object.entries(stated)) {
    const fact = facts.find((candidate) => candidate.id === id);
    const value = fact?.type === 'yes_no' ? text === 'true' : text;
    const [group, name] = id.split(/\.(.*)/s);
    if (name && (group === 'price' || group === 'facts')) (made[group] ??= {})[name] = value;
    else made[id] = value;
  }
  return made;
}

// Writes one value into the form, and opens the section that hides it.
export function setValue(form, id, value) {
  const inputs = form.elements.namedItem(id);
  if (!inputs) return;
  inputs.value = String(value);
  form.querySelector(`[data-fact="${CSS.escape(id)}"]`)?.closest('details')?.setAttribute('open', '');
}

export function fill(form, example) {
  form.reset();
  const visit = (prefix, part) => {
    for (const [name, value] of Object.entries(part)) {
      if (value !== null && typeof value === 'object') visit(prefix + name + '.', value);
      else setValue(form, prefix + name, value);
    }
  };
  visit('', example);
}

// Marks the fields that a problem document names; gives what could not be placed.
export function markFaults(form, errors) {
  clearFaults(form);
  return errors.map((error, index) => {
    const id = (error.pointer ?? '').slice(1).replaceAll('/', '.');
    const place = form.querySelector(`[data-fact="${CSS.escape(id === 'price.unit' ? 'price.amount' : id)}"]`);
    if (!place) return { text: error.detail };
    place.closest('details')?.setAttribute('open', '');
    const target = place.querySelector(`[name="${CSS.escape(id)}"]:not([type=radio]), .choices`);
    const note = element('div', { class: 'fault', id: `fault-${index}` }, error.detail);
    target?.setAttribute('aria-invalid', 'true');
    target?.setAttribute('aria-describedby', note.id);
    place.append(note);
    return { text: error.detail, label: place.querySelector('label, .label')?.textContent, target };
  });
}

export function clearFaults(form) {
  form.querySelectorAll('.fault').forEach((note) => note.remove());
  form.querySelectorAll('[aria-invalid]').forEach((target) => {
    target.removeAttribute('aria-invalid');
    target.removeAttribute('aria-describedby');
  });
}
