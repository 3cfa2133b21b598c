// A document's file opened where it is cited (ui/components/review/answer_given.py): a PDF in a frame, a picture as a
// thumbnail that a press enlarges. Fetched when the fold is opened, not before; who may have it decides the route.
"use strict";
(() => {
  function picture(address, name) {
    const image = document.createElement("img");
    image.src = address;
    image.alt = name;
    image.tabIndex = 0;
    image.setAttribute("role", "button");
    const enlarge = () => image.classList.toggle("dc-enlarged");
    image.addEventListener("click", enlarge);
    image.addEventListener("keydown", (event) => { if (event.key === "Enter") enlarge(); });
    return image;
  }

  function pages(address, name) {
    const frame = document.createElement("iframe");
    frame.src = address;
    frame.title = name;
    return frame;
  }

  document.addEventListener("toggle", (event) => {
    const fold = event.target;
    if (!(fold instanceof Element) || !fold.matches("details.dc-paper") || !fold.open || fold.children.length > 1) return;
    const { file, name, kind } = fold.dataset;
    const address = new URL(file, location.href);
    if (address.origin !== location.origin) return;
    fold.append((kind === "picture" ? picture : pages)(address.href, name));
  }, true);
})();
