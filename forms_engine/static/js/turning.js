/* Turning the page: a form with hx-boost is posted by htmx, and the server answers with the next page. What a browser does by
   itself when it opens a page is done here: the page begins at its top, the person's focus goes to what matters first, an
   error page is shown as it is, and the back button shows the page as the server has it now (nothing is kept in the browser).

   The scripts of a page run once a document: each listens on the document, and hears the event "turned" for every page that
   takes the place of another. (No script imports another: in service their names carry digests.) */

const place = (url) => url.pathname + url.search;
let here = place(new URL(performance.getEntriesByType("navigation")[0].name));
if (history.state?.htmx && here !== place(location)) location.reload(); // back or forward was pressed before this script was there

function begin() {
  here = place(location);
  const first = document.querySelector("main [role=alert]:not([hidden]), main [autofocus]") ?? document.querySelector("h1");
  first.tabIndex = -1;
  scrollTo(0, 0);
  first.focus();
  document.dispatchEvent(new Event("turned"));
}

/** An error page has a head of its own: it takes the place of the whole document. */
function showError(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  document.replaceChild(document.adoptNode(page.documentElement), document.documentElement);
}

document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target === document.body) begin();
});

document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, boosted } = event.detail;
  if (!boosted || xhr.status < 400) return;
  if (!xhr.responseText.includes('class="error-page"')) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  } else {
    event.preventDefault();
    showError(xhr.responseText);
  }
});

document.addEventListener("htmx:sendError", (event) => {
  if (!event.detail.boosted) return;
  const unsent = document.querySelector("[data-unsent]");
  unsent.hidden = false;
  unsent.replaceChildren(Object.assign(document.createElement("p"), { className: "notice__title", textContent: unsent.dataset.unsent }));
  unsent.scrollIntoView({ block: "center" });
});

document.addEventListener("htmx:historyCacheMiss", (event) => {
  event.preventDefault();
  if (here !== place(location)) location.reload();
});
