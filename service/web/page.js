// The page on which a person checks one case by hand.
import { caseOf, clearFaults, drawForm, fill, markFaults, setValue, values } from './form.js';
import { element } from './markup.js';
import { texts } from './texts.js';
import { drawCheck, drawEmpty, drawProblem } from './verdict.js';

const form = document.getElementById('form');
const result = document.getElementById('result');
let language = 'zh';
let words = texts.zh;
let codes = { facts: [], verdicts: [], outcomes: [] };
let counties = [];
let answered = false;

const ask = (path, options = {}) =>
  fetch(path, { ...options, headers: { 'Accept-Language': language, ...options.headers } });
const json = async (path) => (await ask(path)).json();
const names = () => new Map([...codes.outcomes, ...codes.verdicts].map((row) => [row.code, row.label]));
const written = () => caseOf(values(form), codes.facts);

function tools() {
  const copy = element('button', { type: 'button', onclick: async () => {
    const body = JSON.stringify(written()).replaceAll("'", "'\\''");
    await navigator.clipboard.writeText(
      `curl -H 'Content-Type: application/json' -H 'Accept-Language: ${language}' -d '${body}' ${location.origin}/v1/reserve-price-checks`);
    copy.textContent = words.copied;
  } }, words.copy);
  return element('div', { class: 'tools' }, element('button', { type: 'button', onclick: () => window.print() }, words.print), copy);
}

async function check(moveFocus) {
  clearFaults(form);
  result.classList.add('busy');
  try {
    const response = await ask('/v1/reserve-price-checks?inverse=1', {
      method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(written()),
    });
    const answer = await response.json();
    answered = true;
    if (response.ok) {
      drawCheck(result, answer, codes.facts, names(), words, reply);
      result.append(tools());
    } else {
      const faults = answer.errors ? markFaults(form, answer.errors) : [{ text: answer.detail }];
      drawProblem(result, answer.errors ? words.faultTitle : answer.title, faults);
    }
    if (moveFocus) result.focus({ preventScroll: true });
    if (moveFocus && result.getBoundingClientRect().top > window.innerHeight * 0.7) result.scrollIntoView();
  } catch {
    drawProblem(result, words.failed, []);
  } finally {
    result.classList.remove('busy');
  }
}

function reply(fact, value) {
  setValue(form, fact, value);
  check(true);
}

async function drawExamples() {
  const document_ = await json('/openapi.json');
  const media = document_.paths['/v1/reserve-price-checks'].post.requestBody.content['application/json'];
  document.getElementById('examples').replaceChildren(...Object.entries(media.examples).map(([name, example]) =>
    element('button', { type: 'button', 'data-example': name, onclick: () => {
      fill(form, example.value);
      check(true);
    } }, example.summary)));
}

async function speak(chosen) {
  const kept = values(form);
  language = chosen;
  words = texts[chosen];
  document.documentElement.lang = chosen;
  document.title = `${words.brand} · dijia`;
  document.querySelectorAll('[data-text]').forEach((place) => {
    place.textContent = words[place.dataset.text];
  });
  for (const code of ['zh', 'en']) document.getElementById(`to-${code}`).setAttribute('aria-pressed', String(code === chosen));
  [codes, { counties }] = await Promise.all([json('/v1/codes'), json('/v1/counties')]);
  drawForm(document.getElementById('sections'), codes.facts, counties, words);
  for (const [id, value] of Object.entries(kept)) setValue(form, id, value);
  document.getElementById('pack').textContent = words.packLine(codes.rule_pack);
  if (answered) await check(false);
  else drawEmpty(result, words);
  await drawExamples();
  localStorage.setItem('language', chosen);
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  check(true);
});
document.getElementById('clear').addEventListener('click', () => {
  form.reset();
  clearFaults(form);
  answered = false;
  drawEmpty(result, words);
});
for (const code of ['zh', 'en']) document.getElementById(`to-${code}`).addEventListener('click', () => speak(code));

const wanted = new URLSearchParams(location.hash.slice(1)).get('lang') ?? localStorage.getItem('language') ?? 'zh';
speak(texts[wanted] ? wanted : 'zh').then(() => document.body.setAttribute('data-ready', ''));
