/* j and k walk the queue, Enter opens the case (the focus stands on its link), x marks it, a marks all or none, n and p turn
   to the next tray and back.
   Whoever comes back from a case stands on its row, or on what took its place. */
const links = [...document.querySelectorAll("[data-queue] a[data-case]")];
const typing = (element) => element.closest('input:not([type="checkbox"]), textarea, select, [contenteditable]');
const boxOf = (element) => element.closest("tr")?.querySelector('input[type="checkbox"]');
const rowOf = (element) => links.findIndex((link) => link.closest("tr").contains(element));
const LEFT = "queue-row";
const tray = new URLSearchParams(location.search).get("tray") ?? "mine";

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

function standWhereOneWas() {
  const left = JSON.parse(sessionStorage.getItem(LEFT) ?? "null");
  sessionStorage.removeItem(LEFT);
  if (left?.tray === tray && links.length) links[Math.min(left.row, links.length - 1)].focus();
}

function turn(way) {
  const tab = document.querySelector(".trays__tab[aria-current]")?.closest("li");
  (way > 0 ? tab?.nextElementSibling : tab?.previousElementSibling)?.querySelector("a").click();
}

const rows = { j: () => walk(1), k: () => walk(-1), x: mark, a: markAll };
const keys = { ...(links.length ? rows : {}), n: () => turn(1), p: () => turn(-1) };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (!Object.hasOwn(keys, event.key) || document.documentElement.dataset.keys === "off") return;
  keys[event.key]();
  event.preventDefault();
});

for (const [row, link] of links.entries()) {
  link.addEventListener("click", () => sessionStorage.setItem(LEFT, JSON.stringify({ tray, row })));
}
addEventListener("pageshow", standWhereOneWas);
