/* The editor: what is set is kept at once, the preview follows, fields are dragged. Without this script every setting has
   its button, and fields are moved with the buttons beside them. */
const editor = document.querySelector("[data-editor]");

/** Settings are sent when they are left, not by a button. */
function settle(root) {
  root.querySelectorAll("[data-without-script]").forEach((button) => (button.hidden = true));
  root.querySelectorAll("[data-widths]").forEach((group) => (group.hidden = false));
  widen(root, sessionStorage.getItem("kakanai-width") ?? "full");
}

function widen(root, width) {
  root.querySelector(".stage__page")?.classList.toggle("stage__page--phone", width === "phone");
  root.querySelectorAll("[data-width]").forEach((button) => button.setAttribute("aria-pressed", button.dataset.width === width));
}

editor?.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-at-once]");
  if (form) form.requestSubmit();
});

editor?.addEventListener("click", (event) => {
  const width = event.target.closest("[data-width]")?.dataset.width;
  if (!width) return;
  sessionStorage.setItem("kakanai-width", width);
  widen(editor, width);
});

document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status === 422) event.detail.shouldSwap = true;
});

document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.target !== editor) return;
  settle(editor);
  editor.querySelector("#said")?.focus();
});

/* Dragging a field within or between pages. */
let dragged = null;
editor?.addEventListener("dragstart", (event) => {
  dragged = event.target.closest("[data-field]");
  if (dragged) event.dataTransfer.effectAllowed = "move";
});
editor?.addEventListener("dragover", (event) => {
  if (dragged && event.target.closest("[data-sortable]")) event.preventDefault();
});
editor?.addEventListener("drop", (event) => {
  const list = event.target.closest("[data-sortable]");
  if (!dragged || !list) return;
  event.preventDefault();
  const others = [...list.querySelectorAll("[data-field]")].filter((item) => item !== dragged);
  const below = others.findIndex((item) => event.clientY < item.getBoundingClientRect().top + item.offsetHeight / 2);
  const at = below < 0 ? others.length : below;
  const values = { do: "move_field", field: dragged.dataset.field, page: list.dataset.sortable, at, page_shown: list.dataset.sortable, selected: dragged.dataset.field };
  dragged = null;
  htmx.ajax("POST", `${editor.dataset.address}edits/`, { target: "#editor", swap: "innerHTML", values });
});

if (editor) settle(editor);
