// The answer of a check, drawn: the verdict with its sentence, open questions, findings, readings.
import { control } from './form.js';
import { element, icon } from './markup.js';

function figure(name, value, unit) {
  if (value === null || value === undefined) return null;
  return [element('dt', {}, name), element('dd', {}, String(value), unit ? element('small', {}, ' ' + unit) : null)];
}

function figures(check, words) {
  const percent = check.ratio === null ? null : `${Math.round(check.ratio * 1e6) / 1e4} %`;
  const rows = [
    figure(words.minimum, check.lawful_minimum_yuan_per_sqm, words.perSqm),
    figure(words.stated, check.price_yuan_per_sqm, words.perSqm),
    figure(words.deficit, check.deficit_yuan_per_sqm || null, words.perSqm),
    figure(words.standard, check.standard_yuan_per_sqm, words.perSqm),
    figure(words.ratio, percent),
  ].filter(Boolean);
  return rows.length ? element('dl', { class: 'figures' }, rows.map((row) => element('div', {}, row))) : null;
}

function reasonOf(check) {
  const deciding = check.findings.find((finding) => finding.rule === check.deciding_rule && finding.outcome === check.verdict);
  return (deciding ?? check.findings.find((finding) => finding.outcome === check.verdict))?.reason ?? null;
}

function verdictCard(check, names, words) {
  const reason = reasonOf(check);
  return element('div', { class: `card verdict tone-${check.verdict}`, 'data-verdict': check.verdict },
    element('p', { class: 'word' }, icon(check.verdict), names.get(check.verdict) ?? check.verdict),
    reason ? element('p', { class: 'why' }, reason) : null,
    check.equal_within_rounding ? element('p', { class: 'why' }, words.withinRounding) : null,
    figures(check, words));
}

// Buttons for the answers that can be given with one click, else a field.
function answers(missing, fact, names, words, reply) {
  const consequence = (value) => {
    const known = missing.answers.find((answer) => answer.value === value);
    return known ? element('small', { class: `tone-${known.verdict}` }, words.then(names.get(known.verdict) ?? known.verdict)) : null;
  };
  if (fact?.type === 'yes_no') {
    return [['true', 'yes'], ['false', 'no']].map(([value, code]) =>
      element('button', { type: 'button', 'data-answer': value, onclick: () => reply(value) }, words[code], consequence(code)));
  }
  if (fact?.type === 'choice') {
    return fact.choices.map((choice) =>
      element('button', { type: 'button', 'data-answer': choice.code, onclick: () => reply(choice.code) }, choice.label, consequence(choice.code)));
  }
  const input = fact ? control(fact, words, { name: '', 'aria-label': missing.question }) : element('input', { 'aria-label': missing.question });
  const give = () => input.value.trim() && reply(input.value.trim());
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') give();
  });
  return [input, element('button', { type: 'button', onclick: give }, words.answer)];
}

// A fact that is derived is asked for by the fact it comes from, once.
function questionsOf(check, facts) {
  const asked = new Map();
  for (const missing of check.missing) {
    const own = facts.find((fact) => fact.id === missing.fact);
    const fact = facts.find((candidate) => candidate.id === own?.asked_as) ?? own;
    const id = fact?.id ?? missing.fact;
    if (asked.has(id)) continue;
    asked.set(id, { fact, missing: fact === own ? missing : { ...missing, fact: id, question: fact.question, evidence: fact.evidence, answers: [] } });
  }
  return [...asked.values()];
}

function question({ fact, missing }, names, words, reply) {
  return element('div', { class: 'question', 'data-missing': missing.fact },
    element('p', { class: 'asks' }, missing.question),
    missing.matters_because ? element('p', { class: 'because' }, words.because(missing.matters_because)) : null,
    missing.evidence ? element('p', { class: 'evidence' }, words.evidence(missing.evidence)) : null,
    element('div', { class: 'answers' }, answers(missing, fact, names, words, (value) => reply(missing.fact, value))));
}

// A few at a time: an answer often makes the others needless.
const atOnce = 3;
function questions(check, facts, names, words, reply) {
  const drawn = questionsOf(check, facts).map((one) => question(one, names, words, reply));
  if (!drawn.length) return null;
  const later = drawn.slice(atOnce);
  return element('section', { class: 'card' }, element('h3', {}, words.questions), drawn.slice(0, atOnce),
    later.length ? element('details', { class: 'later' }, element('summary', {}, words.later(later.length)), later) : null);
}

function findings(check, names, words) {
  if (!check.findings.length) return null;
  return element('section', { class: 'card' }, element('h3', {}, words.findings),
    element('ul', { class: 'findings' }, check.findings.map((finding) => element('li', {},
      element('span', { class: `tag tone-${finding.outcome}` }, names.get(finding.outcome) ?? finding.outcome),
      finding.reason,
      element('p', { class: 'cite' }, `${finding.citation.instrument} ${finding.citation.article} · `, element('code', {}, finding.rule))))));
}

function readings(check, names, words) {
  if (!check.readings.length) return null;
  return element('section', { class: 'card' }, element('h3', {}, words.readings),
    element('ul', { class: 'findings' }, check.readings.map((reading) => element('li', {},
      element('span', { class: `tag tone-${reading.verdict}` }, names.get(reading.verdict) ?? reading.verdict),
      element('code', {}, reading.reading)))));
}

// What would make a refused price lawful.
function ways(check, facts, words) {
  if (check.verdict !== 'unlawful' || !check.lowest_lawful) return null;
  const shown = (id, value) => {
    const fact = facts.find((candidate) => candidate.id === id);
    if (value === null) return words.unknown;
    if (fact?.type === 'yes_no') return words[value] ?? value;
    return fact?.choices.find((choice) => choice.code === value)?.label ?? value;
  };
  const change = (one) => element('li', {}, facts.find((fact) => fact.id === one.fact)?.question ?? one.fact, ' ',
    element('span', { class: 'change' }, `${shown(one.fact, one.from)} → ${shown(one.fact, one.to)}`));
  const { price_yuan_per_sqm: price = null, rent_yuan_per_sqm_year: rent = null } = check.lowest_lawful;
  const amounts = [
    price === null ? null : element('p', {}, words.raise, element('strong', {}, ` ${price} ${words.perSqm}`)),
    rent === null ? null : element('p', {}, words.raiseRent, element('strong', {}, ` ${rent} ${words.perSqm}`)),
  ].filter(Boolean);
  const nearest = check.nearest_lawful_facts?.[0]?.changes ?? [];
  if (!amounts.length && !nearest.length) return null;
  return element('section', { class: 'card', 'data-ways': '' }, element('h3', {}, words.ways), amounts,
    nearest.length ? [element('p', {}, words.orFacts), element('ul', { class: 'changes' }, nearest.map(change))] : null);
}

export function drawCheck(place, check, facts, names, words, reply) {
  place.replaceChildren(...[
    verdictCard(check, names, words),
    questions(check, facts, names, words, reply),
    ways(check, facts, words),
    findings(check, names, words),
    readings(check, names, words),
  ].filter(Boolean));
}

export function drawEmpty(place, words) {
  place.replaceChildren(element('div', { class: 'card empty' }, element('p', {}, words.emptyTitle),
    element('ol', {}, words.emptySteps.map((step) => element('li', {}, step)))));
}

// A problem document: what is wrong, each with a way to its field.
export function drawProblem(place, title, faults) {
  place.replaceChildren(element('div', { class: 'card verdict tone-unlawful', 'data-problem': '' },
    element('p', { class: 'word' }, icon('unlawful'), title),
    element('ul', { class: 'faults' }, faults.map((fault) => element('li', {},
      fault.target
        ? [element('button', { type: 'button', onclick: () => (fault.target.querySelector?.('input') ?? fault.target).focus() }, fault.label), ' ', fault.text]
        : fault.text)))));
}
