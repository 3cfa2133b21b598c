// What was typed before is proposed while one types (ui/components/forms/document_fields.py): a page's lists name the
// fields they are for, the browser shows them.
"use strict";
(() => {
  function tie() {
    for (const list of document.querySelectorAll("datalist[data-fields]")) {
      for (const key of list.dataset.fields.split(" ")) {
        const field = document.querySelector(`.st-key-${key} input`);
        if (field !== null && field.getAttribute("list") !== list.id) field.setAttribute("list", list.id);
      }
    }
  }

  new MutationObserver(tie).observe(document.documentElement, { subtree: true, childList: true });
  tie();
})();
