// A row's page (ui/components/rows/row_page.py): what is folded stays as the person left it, on every row and after a
// reload, in this window; a strip of choices that is wider than the page shows the one chosen; folds of Streamlit's
// unfold without a jump.
"use strict";
(() => {
  const name = (fold) => `dc-fold-${fold.dataset.fold}`;

  document.addEventListener("click", (event) => {
    const summary = event.target instanceof Element ? event.target.closest("details.dc-fold > summary") : null;
    // It opens or shuts after this.
    if (summary !== null) window.sessionStorage.setItem(name(summary.parentElement), summary.parentElement.open ? "shut" : "open");
  });

  function asLeft() {
    for (const fold of document.querySelectorAll("details.dc-fold")) {
      const left = window.sessionStorage.getItem(name(fold));
      if (left !== null && fold.open !== (left === "open")) fold.open = left === "open";
    }
  }

  // A fold of Streamlit's has the height of the folded one until it is told that its unfolding has ended, a frame or more
  // after it did. Who measures in between, as each letter typed does, would find the page short for that moment: it
  // scrolls up, and the press that follows goes astray. So the last height stands until then.
  const animate = HTMLDetailsElement.prototype.animate;
  HTMLDetailsElement.prototype.animate = function unfold(frames, options) {
    const unfolding = animate.call(this, frames, { ...options, fill: "forwards" });
    unfolding.addEventListener("finish", () => unfolding.cancel());
    return unfolding;
  };

  function showChosen() {
    for (const chosen of document.querySelectorAll('[class*="st-key-strip-"] [role="radio"][aria-checked="true"]')) {
      const strip = chosen.parentElement;
      if (strip.dataset.shown === chosen.textContent) continue;
      strip.dataset.shown = chosen.textContent;
      strip.scrollLeft = chosen.offsetLeft - strip.offsetLeft - (strip.clientWidth - chosen.offsetWidth) / 2;
    }
  }

  new MutationObserver(() => { asLeft(); showChosen(); }).observe(document.documentElement, { subtree: true, childList: true });
  asLeft();
})();
