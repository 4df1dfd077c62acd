/* Lets people draw their signature with finger, pen or mouse. The picture goes with the page when it is sent, not before; a
   name or a picture of a signature does the same without this script. */
const LINE = 5;

function pen(canvas) {
  const context = canvas.getContext("2d");
  context.lineWidth = LINE;
  context.lineCap = context.lineJoin = "round";
  context.strokeStyle = "#000";
  return context;
}

/** Where an event is on the canvas, whatever size it is shown in. */
function place(canvas, event) {
  const box = canvas.getBoundingClientRect();
  return [((event.clientX - box.left) * canvas.width) / box.width, ((event.clientY - box.top) * canvas.height) / box.height];
}

function attend(pad) {
  const canvas = pad.querySelector("canvas");
  const context = pen(canvas);
  let isDown = false;
  canvas.addEventListener("pointerdown", (event) => {
    if (!event.isPrimary) return;
    isDown = true;
    canvas.setPointerCapture(event.pointerId);
    context.beginPath();
    context.moveTo(...place(canvas, event));
    context.lineTo(...place(canvas, event));
    context.stroke();
    pad.dataset.drawn = "yes";
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!isDown) return;
    context.lineTo(...place(canvas, event));
    context.stroke();
  });
  for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => (isDown = false));
  pad.querySelector("[data-clear]").addEventListener("click", () => {
    context.clearRect(0, 0, canvas.width, canvas.height);
    delete pad.dataset.drawn;
  });
  pad.hidden = false;
}

function begin() {
  for (const pad of document.querySelectorAll("[data-pad][hidden]")) attend(pad);
}

// In the capture phase: what was drawn must stand in the form before htmx, which listens on it, reads what it sends.
document.addEventListener(
  "submit",
  () => {
    for (const pad of document.querySelectorAll("[data-pad]")) {
      const hidden = pad.querySelector("input[type=hidden]");
      hidden.value = pad.dataset.drawn ? pad.querySelector("canvas").toDataURL("image/png") : "";
    }
  },
  true,
);
document.addEventListener("turned", begin);
new MutationObserver(begin).observe(document.body, { childList: true, subtree: true }); // questions come and go on a page, too
begin();
