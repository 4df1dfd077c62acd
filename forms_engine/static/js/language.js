/* Changing the language keeps what is typed: the page is saved as by 「途中で保存」 before the language changes. */
document.addEventListener("submit", async (event) => {
  const languages = event.target.closest("form.languages");
  const page = document.querySelector("form[data-page]");
  if (!languages || !page || !event.submitter) return;
  event.preventDefault();
  const answers = new FormData(page);
  answers.set("_save", "1");
  await fetch(page.action || location.href, { method: "POST", body: answers, redirect: "manual" }).catch(() => {});
  const choice = Object.assign(document.createElement("input"), { type: "hidden" });
  choice.name = event.submitter.name;
  choice.value = event.submitter.value;
  languages.append(choice);
  languages.submit();
});
