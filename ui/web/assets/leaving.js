// Asks before the page is left while something on it would be lost: typed and not saved, saved in memory and not
// downloaded. The pages mark it (ui/components/leaving.py, .dc-unsaved); a field being typed in is known only here.
"use strict";
(() => {
  const MARKS = ".dc-unsaved, .dc-leaving";
  let field = null;
  let before = "";

  function typedIn(element) {
    return element instanceof HTMLTextAreaElement
      || (element instanceof HTMLInputElement && element.type === "text" && element.getAttribute("role") !== "combobox");
  }

  document.addEventListener("focusin", (event) => {
    field = typedIn(event.target) ? event.target : null;
    before = field ? field.value : "";
  });

  window.addEventListener("beforeunload", (event) => {
    const typing = field !== null && field === document.activeElement && field.value !== before;
    if (!typing && document.querySelector(MARKS) === null) return;
    event.preventDefault();
    event.returnValue = true;  // browsers of before 2024
  });
})();
