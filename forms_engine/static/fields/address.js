/* Fills in an address once seven digits of a postal code are there. What was typed is replaced only by a press. */
const FILLED = ["prefecture", "city", "town", "block"];
const digits = (text) => text.normalize("NFKC").replace(/[^0-9]/g, "");

const boxOf = (name, key) => document.getElementsByName(`${name}/${key}`)[0];
const completionOf = (name) => [...document.querySelectorAll("[data-completion]")].find((one) => one.dataset.completion === name);

function agrees(name, place) {
  return FILLED.slice(0, 3).every((key) => {
    const typed = boxOf(name, key)?.value.trim() ?? "";
    return !typed || typed.startsWith(place[key]);
  });
}

function fill(name, place, isChosen) {
  for (const key of FILLED) {
    const box = boxOf(name, key);
    if (!box || !place[key] || (box.value.trim() && !(isChosen && key !== "block"))) continue;
    box.value = place[key];
    box.dispatchEvent(new Event("change", { bubbles: true }));
  }
  say(completionOf(name), "filled");
}

function say(completion, word) {
  completion.querySelector("[data-said]").textContent = completion.dataset[word] ?? "";
  if (word !== "several" && word !== "other") completion.querySelector("[data-offers]").replaceChildren();
}

function offer(completion, places) {
  const items = places.map((place, number) => {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "button button--offer", textContent: place.title });
    button.dataset.place = JSON.stringify(place);
    button.value = `${completion.dataset.completion}~${number}`;
    const item = document.createElement("li");
    item.append(button);
    return item;
  });
  completion.querySelector("[data-offers]").replaceChildren(...items);
}

async function complete(completion) {
  const name = completion.dataset.completion;
  const code = digits(boxOf(name, "postal_code").value);
  if (code.length !== 7) return false;
  const response = await fetch(completion.dataset.url.replace("0000000", code));
  if (!response.ok || code !== digits(boxOf(name, "postal_code").value)) return response.ok;
  const { places } = await response.json();
  if (!places.length) say(completion, "nothing");
  else if (places.length === 1 && agrees(name, places[0])) fill(name, places[0], false);
  else {
    say(completion, places.length > 1 ? "several" : "other");
    offer(completion, places);
  }
  return true;
}

document.addEventListener("input", (event) => {
  const name = event.target.name?.endsWith("/postal_code") ? event.target.name.slice(0, -"/postal_code".length) : "";
  const completion = name && completionOf(name);
  if (completion) complete(completion).catch(() => {});
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-completion] button");
  if (!button) return;
  const completion = button.closest("[data-completion]");
  if (button.dataset.place) {
    event.preventDefault();
    const name = completion.dataset.completion;
    fill(name, JSON.parse(button.dataset.place), true);
    (boxOf(name, "block") ?? boxOf(name, "postal_code")).focus();
  } else if (button.value === completion.dataset.completion && digits(boxOf(button.value, "postal_code").value).length === 7) {
    event.preventDefault();
    complete(completion).catch(() => {});
  }
});
