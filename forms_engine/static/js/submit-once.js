/* A form with data-once is sent once: the second click of a double click does nothing. The server is idempotent all the same. */
document.addEventListener(
  "submit",
  (event) => {
    const form = event.target.closest("form[data-once]");
    if (!form) return;
    if (form.dataset.sent) {
      event.preventDefault();
      event.stopPropagation(); // before htmx hears of it
      return;
    }
    form.dataset.sent = "yes";
    event.submitter?.setAttribute("aria-disabled", "true");
  },
  true,
);

function again() {
  for (const form of document.querySelectorAll("form[data-once]")) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
  }
}

// The back button may bring the page back as it was left, and what was sent may not have arrived; then it may be sent again.
addEventListener("pageshow", again);
document.addEventListener("htmx:sendError", again);
