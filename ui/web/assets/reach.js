// What Streamlit's pages lack for a keyboard and for those who hear them: a way straight to the form, choosers that take
// the focus where they stand, headings without gaps, names only where a role may carry them. Nothing looks different.
"use strict";
(() => {
  // Fields of a form carry its key as a class (ui/form_keys.py).
  const FIELDS = '[class*="st-key-f-"]';
  const FILLED_IN = "input:not([type=file]), textarea, button";

  // 跳到填写: first of all on a page with a form one may fill in.
  const skip = document.createElement("a");
  skip.className = "dc-skip";
  skip.href = "#stMain";
  skip.hidden = true;
  skip.textContent = "跳到填写";
  skip.addEventListener("click", (event) => {
    event.preventDefault();
    firstField()?.focus();
  });

  function firstField() {
    for (const place of document.querySelectorAll(FIELDS)) {
      const fields = [...place.querySelectorAll(FILLED_IN)].filter((one) => !one.disabled && one.checkVisibility());
      const field = fields.find((one) => one.tabIndex === 0 && one.checked !== false) ?? fields.find((one) => one.tabIndex === 0);
      if (field !== undefined) return field;
    }
    return null;
  }

  // A heading's level is told as the page's outline has it; its size is the design's.
  function outline() {
    const above = [];
    for (const heading of document.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
      if (!heading.checkVisibility()) continue;
      const own = Number(heading.tagName[1]);
      while (above.length > 0 && above.at(-1).own >= own) above.pop();
      const told = (above.at(-1)?.told ?? 0) + 1;
      above.push({ own, told });
      if (told === own) heading.removeAttribute("aria-level");
      else if (heading.getAttribute("aria-level") !== String(told)) heading.setAttribute("aria-level", told);
    }
  }

  // What a refusal is about is marked to be seen (ui/components/forms/faults.py); this tells it to those who do not see.
  const told = new Set();
  function faults() {
    const keys = [...document.querySelectorAll(".dc-faults")].flatMap((mark) => mark.dataset.keys.split(" "));
    const wrong = new Set(keys.flatMap((key) => [...document.querySelectorAll(`.st-key-${key} :is(input, textarea)`)]));
    for (const field of told) if (!wrong.has(field)) { field.removeAttribute("aria-invalid"); told.delete(field); }
    for (const field of wrong) { field.setAttribute("aria-invalid", "true"); told.add(field); }
  }

  // Streamlit's narrow menu puts a group's entries into a box of its list that is no entry itself.
  function menu() {
    for (const group of document.querySelectorAll('[data-testid="stSidebarNavItems"] > div')) {
      group.setAttribute("role", "listitem");
      for (const entry of group.children) if (entry.tagName === "LI") entry.setAttribute("role", "none");
    }
  }

  function mend() {
    menu();
    outline();
    faults();
    for (const zone of document.querySelectorAll("section[role=presentation][aria-label]")) zone.setAttribute("role", "group");
    skip.hidden = firstField() === null;
  }

  let waiting = false;
  function soon() {
    if (waiting) return;
    waiting = true;
    window.requestAnimationFrame(() => { waiting = false; mend(); });
  }

  // By Tab the focus comes to a chooser's first option, or its last: the chosen one is where one is.
  document.addEventListener("focusin", (event) => {
    const group = event.target instanceof Element ? event.target.closest('[role="radiogroup"]') : null;
    if (group === null || group.contains(event.relatedTarget) || !event.target.matches('button[role="radio"]:focus-visible')) return;
    group.querySelector('button[role="radio"][aria-checked="true"]')?.focus();
  });

  // A list of several choices is a line lower once it is left: what is below it moves away under the finger, and the
  // press is none. So it keeps the focus while a button is pressed.
  document.addEventListener("mousedown", (event) => {
    const list = document.activeElement?.closest('[data-testid="stMultiSelect"]');
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    if (list && button !== null && !list.contains(button)) event.preventDefault();
  }, true);

  document.body.prepend(skip);
  new MutationObserver(soon).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ["disabled", "open"] });
  mend();
})();
