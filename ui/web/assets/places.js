// Links to places in the rules (ui/components/rules/places.py): followed inside the page, so that nothing unsaved is
// lost and the way back is short; the row, clause or registered document an address names is brought into view once it
// is there.
"use strict";
(() => {
  let brought = null;
  let settling = 0; // until then what is drawn above may still push it away

  function wanted() {
    const query = new URLSearchParams(location.search);
    if (query.has("document")) return `document ${query.get("document")}`;
    const whole = query.get("standard") ?? query.get("doc");
    const part = query.get("row") ?? query.get("clause");
    return whole !== null && part !== null ? `${whole} ${part}` : null;
  }

  function bring() {
    const place = wanted();
    const address = location.pathname + location.search;
    if (place === null || (brought === address && performance.now() > settling)) return;
    const element = [...document.querySelectorAll(".dc-here")].find((one) => one.dataset.place === place);
    if (element === undefined) return;
    if (brought !== address) settling = performance.now() + 5000;
    brought = address;
    element.scrollIntoView({ block: "start" });
  }

  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest("a.dc-go") : null;
    if (link === null || new URL(link.href).origin !== location.origin) return;
    event.preventDefault();
    brought = null;
    if (link.dataset.back) history.replaceState(history.state, "", link.dataset.back);
    if (link.href === location.href) { bring(); return; }
    history.pushState({}, "", link.href);
    // Streamlit runs the page of the address it finds when the history moves.
    window.dispatchEvent(new PopStateEvent("popstate"));
    if (wanted() === null) document.querySelector("[data-testid='stMain']")?.scrollTo(0, 0);
  });

  window.addEventListener("popstate", () => { brought = null; });
  for (const act of ["wheel", "touchmove", "pointerdown", "keydown"]) {
    window.addEventListener(act, () => { settling = 0; }, { capture: true, passive: true });
  }
  new MutationObserver(bring).observe(document.documentElement, {
    subtree: true, childList: true, attributes: true, attributeFilter: ["class", "data-place"],
  });
  bring();
})();
