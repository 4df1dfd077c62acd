/* Shows a date in both calendars while it is typed; the server says it again, and decides. */
const YEAR_ZERO = { 西暦: 0, 令和: 2018, 平成: 1988, 昭和: 1925, 大正: 1911, 明治: 1867 };
const japanese = new Intl.DateTimeFormat("ja-JP-u-ca-japanese", { era: "long", year: "numeric", month: "long", day: "numeric" });

const isEnglish = document.documentElement.lang === "en";

const half = (text) => text.normalize("NFKC").trim();

function dayOf(boxes) {
  const value = (part) => half(boxes.querySelector(`[name$="~${part}"]`).value);
  const era = boxes.querySelector('[name$="~era"]').value;
  const year = value("year") === "元" ? 1 : Number(value("year"));
  const [month, day] = [Number(value("month")), Number(value("day"))];
  const found = new Date(YEAR_ZERO[era] + year, month - 1, day);
  const exists = year > 0 && found.getMonth() === month - 1 && found.getDate() === day && found.getFullYear() >= 1873;
  return exists ? found : null;
}

const LETTERS = { R: "令和", H: "平成", S: "昭和", T: "大正", M: "明治" };
const WHOLE = /^(令和|平成|昭和|大正|明治|[RHSTM])?\s*([0-9]{1,4}|元)\s*[年./-]\s*([0-9]{1,2})\s*[月./-]\s*([0-9]{1,2})\s*日?$/i;

/* A whole date pasted into the box of the year goes into its boxes, unless the others hold something already. */
function spread(boxes) {
  const box = (part) => boxes.querySelector(`[name$="~${part}"]`);
  const found = WHOLE.exec(half(box("year").value));
  if (!found || box("month").value || box("day").value || (!found[1] && found[2].length !== 4)) return;
  const era = found[1] ? (LETTERS[found[1].toUpperCase()] ?? found[1]) : "西暦";
  [box("era").value, box("year").value, box("month").value, box("day").value] = [era, ...found.slice(2)];
}

function said(day) {
  const two = (number) => String(number).padStart(2, "0");
  if (isEnglish) return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())} (${japanese.format(day)})`;
  return `${day.getFullYear()}年${day.getMonth() + 1}月${day.getDate()}日（${japanese.format(day)}）`;
}

function echo(boxes) {
  const day = dayOf(boxes);
  boxes.querySelector("[data-both]").textContent = day ? said(day) : "";
}

document.addEventListener("change", (event) => {
  const boxes = event.target.closest("[data-date]");
  if (!boxes) return;
  if (event.target.name.endsWith("~year")) spread(boxes);
  echo(boxes);
});

document.addEventListener("input", (event) => {
  const boxes = event.target.closest("[data-date]");
  if (boxes) echo(boxes);
});
