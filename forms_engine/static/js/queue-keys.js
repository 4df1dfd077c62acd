/* j and k walk the queue, Enter opens the case (the focus stands on its link), x marks it, a marks all or none. */
const links = [...document.querySelectorAll("[data-queue] a[data-case]")];
const typing = (element) => element.closest('input:not([type="checkbox"]), textarea, select, [contenteditable]');
const boxOf = (element) => element.closest("tr")?.querySelector('input[type="checkbox"]');
const rowOf = (element) => links.findIndex((link) => link.closest("tr").contains(element));

function walk(step) {
  const here = rowOf(document.activeElement);
  links[here < 0 ? 0 : Math.min(links.length - 1, Math.max(0, here + step))].focus();
}

function mark() {
  const box = boxOf(document.activeElement);
  if (box) box.checked = !box.checked;
}

function markAll() {
  const boxes = links.map(boxOf).filter(Boolean);
  const all = boxes.every((box) => box.checked);
  for (const box of boxes) box.checked = !all;
}

const keys = { j: () => walk(1), k: () => walk(-1), x: mark, a: markAll };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (!links.length || !Object.hasOwn(keys, event.key)) return;
  keys[event.key]();
  event.preventDefault();
});
