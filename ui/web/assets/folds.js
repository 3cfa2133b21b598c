// What is folded on a row's page (ui/components/rows/row_page.py) stays as the person left it: on every row, and after a
// reload, in this window.
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

  new MutationObserver(asLeft).observe(document.documentElement, { subtree: true, childList: true });
  asLeft();
})();
