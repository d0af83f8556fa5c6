#!/usr/bin/env python3
"""page_test.py DIJIA [PICTURES]: the page, in Chromium, against the program. Exit 77: no Chromium."""
import os
import subprocess
import sys

import chromium

# Every control has a name, every id is there once, and text can be told from its background.
ACCESSIBLE = """(() => {
  const faults = [];
  const ids = [...document.querySelectorAll('[id]')].map((e) => e.id);
  ids.filter((id, i) => ids.indexOf(id) !== i).forEach((id) => faults.push('twice: ' + id));
  for (const control of document.querySelectorAll('input, select, button')) {
    const name = control.getAttribute('aria-label') || control.textContent.trim() ||
      [...(control.labels ?? [])].map((l) => l.textContent.trim()).join('');
    if (!name) faults.push('no name: ' + control.outerHTML);
  }
  const parse = (color) => (color.match(/[\\d.]+/g) ?? []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const color = parse(getComputedStyle(e).backgroundColor);
      if (color.length && (color.length < 4 || color[3] === 1)) return color;
    }
    return [255, 255, 255];
  };
  for (const element of document.querySelectorAll('body *')) {
    const own = [...element.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
    if (!own || !element.checkVisibility() || element.closest('noscript')) continue;
    const a = light(parse(getComputedStyle(element).color)), b = light(behind(element));
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (contrast < 4.5) faults.push(contrast.toFixed(2) + ' ' + element.outerHTML.slice(0, 120));
  }
  if (document.documentElement.scrollWidth > innerWidth) faults.push('wider than the window');
  return faults;
})()"""


def check_page(page, address, picture):
    def accessible(where):
        faults = page.run(ACCESSIBLE)
        assert not page.run("/undefined|null|NaN/.test(document.querySelector('main').innerText)"), f"{where}: a hole in a text"
        assert not faults, f"{where}: {faults}"

    def verdict():
        return page.run("document.querySelector('[data-verdict]')?.dataset.verdict")

    def example(name, expected):
        page.run(f"document.querySelector('[data-example={name}]').click()")
        page.wait(f"document.querySelector('[data-verdict={expected}]')")

    page.open(address)
    page.wait("document.querySelectorAll('[data-example]').length === 3")
    accessible("empty")
    picture("empty-zh")
    for name in ("lawful", "unlawful"):
        example(name, name)
        accessible(name)
        picture(f"{name}-zh")
    assert "83.99" in page.run("document.querySelector('.why').textContent"), "the sentence with its numbers"
    assert "307号" in page.run("document.querySelector('.findings').textContent"), "the clause"

    assert "84" in page.run("document.querySelector('[data-ways]').textContent"), "what would be lawful"

    example("needs_facts", "needs_facts")
    accessible("needs_facts")
    picture("needs_facts-zh")
    asked = 0
    while verdict() == "needs_facts" and asked < 12:
        fact = page.run("document.querySelector('[data-missing]').dataset.missing")
        page.run("""(() => {
          const question = document.querySelector('[data-missing]');
          const button = question.querySelector('[data-answer=false]') ?? question.querySelector('[data-answer]');
          if (button) return button.click();
          question.querySelector('input, select').value = '0';
          question.querySelector('button').click();
        })()""")
        page.wait(f"document.querySelector('[data-missing]')?.dataset.missing !== {fact!r}")
        asked += 1
    assert verdict() in ("lawful", "unlawful"), f"still {verdict()} after {asked} answers"
    print(f"needs_facts became {verdict()} after {asked} answers")

    page.run("document.getElementById('to-en').click()")
    page.wait("document.documentElement.lang === 'en' && document.querySelector('.word').textContent.includes('lawful')")
    page.wait("document.querySelector('[data-example]').textContent.includes('class 10')")
    accessible("english")
    picture("unlawful-en")

    page.run("document.querySelector('[name=\"price.amount\"]').value = 'eighty'; document.querySelector('[name=land_class]').value = '16'")
    page.run("document.querySelector('form .primary').click()")
    page.wait("document.querySelectorAll('[aria-invalid=true]').length === 2")
    accessible("faults")
    picture("faults-en")
    page.run("document.querySelector('.faults button').click()")
    assert page.run("document.activeElement.matches('[aria-invalid=true]')"), "the problem leads to its field"

    page.run("document.getElementById('clear').click()")
    page.wait("!document.querySelector('[aria-invalid]') && document.querySelector('.empty')")
    assert page.run("[...new FormData(document.getElementById('form'))].every(([, value]) => value === '')")

    page.run("localStorage.clear()")
    page.resize(390, 844)
    page.open(address)
    page.wait("document.querySelectorAll('[data-example]').length === 3")
    example("unlawful", "unlawful")
    accessible("phone")
    picture("phone-zh")
    page.resize(1280, 720, dark=True)
    accessible("dark")
    picture("dark-zh")
    assert not page.complaints, page.complaints


def main():
    if not chromium.program():
        print("SKIPPED: no Chromium")
        return 77
    pictures = sys.argv[2] if len(sys.argv) > 2 else None
    if pictures:
        os.makedirs(pictures, exist_ok=True)
    server = subprocess.Popen([sys.argv[1], "serve", "--listen", "127.0.0.1:0", "--log-level", "error"], stdout=subprocess.PIPE, text=True)
    page = None
    try:
        address = "http://" + server.stdout.readline().split()[-1] + "/"
        page = chromium.Page()
        check_page(page, address, lambda name: pictures and page.picture(f"{pictures}/{name}.png"))
    finally:
        if page:
            page.close()
        server.terminate()
        server.wait(timeout=20)
    print("the page works")
    return 0


sys.exit(main())
