// Where does a scan go, wherever the cursor stands? A scanner is a keyboard that types faster than a person.
//
// Best: the scanner sends F2 before and Enter or Tab after; F2 puts the cursor in the scan field.
// Otherwise: a burst of keys that ends with Enter or Tab is a scan, and the field it fell into gets its own text back.
// The server says what a scan means; here it is only carried there.
const FASTEST_HAND_MS = 45; // between two keys; wedge scanners take 5 to 20
const SHORTEST_SCAN = 6;
const SCAN_STARTS = "=&]"; // ISBT 128 structures and AIM prefixes: never the first key of a number

const field = document.querySelector("[data-scan]");
let burst = "";
let last = 0;
let home = null; // the field the burst fell into, as it was before
let held = false; // keys kept out of that field because the burst began like a scan

const clean = (raw) => raw.replace(/^\][A-Za-z]\d/, "").trim();

function carry(raw) {
  const text = clean(raw);
  if (!text) return;
  const scan = new CustomEvent("cordula:scan", { detail: text, bubbles: true, cancelable: true });
  if (!document.dispatchEvent(scan) || command(text)) return;
  field.value = text;
  field.form.requestSubmit();
  field.value = "";
}

// A command square names a button of this page and this state; while a question is open, only its own answers count.
function command(text) {
  if (!/^CMD:/i.test(text)) return false;
  const wanted = text.slice(4).toUpperCase();
  const question = document.querySelector("[data-question]");
  const button = [...(question ?? document).querySelectorAll("[data-command]")].find(
    (candidate) => candidate.dataset.command.toUpperCase() === wanted,
  );
  if (button) button.click();
  else tell(question ? field.dataset.answerFirst : field.dataset.notHere);
  return true;
}

function tell(words) {
  const line = document.getElementById("last-scan");
  if (!line || !words) return;
  line.className = "last-scan not";
  const said = document.createElement("b");
  said.textContent = words;
  line.replaceChildren(said);
  navigator.vibrate?.([200, 80, 200]);
}

function begin(event) {
  const target = event.target;
  const editable = target !== field && "value" in target && typeof target.value === "string";
  home = editable ? { target, value: target.value } : null;
  burst = event.key;
  held = SCAN_STARTS.includes(event.key);
  if (held) event.preventDefault();
}

// A hand typed what began like a scan: it gets its keys back.
function giveBack() {
  if (held && home && burst && document.activeElement === home.target) {
    home.target.setRangeText(burst, home.target.selectionStart, home.target.selectionEnd, "end");
    home.target.dispatchEvent(new Event("input", { bubbles: true }));
  }
  forget();
}

function forget() {
  burst = "";
  home = null;
  held = false;
}

function finish(event) {
  if (burst.length < SHORTEST_SCAN) return giveBack();
  event.preventDefault();
  event.stopPropagation();
  if (home) {
    home.target.value = home.value;
    home.target.dispatchEvent(new Event("input", { bubbles: true }));
  }
  const raw = burst;
  forget();
  carry(raw);
}

function route(event) {
  if (event.key === "F2") {
    event.preventDefault();
    field.focus();
    field.select();
    return;
  }
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const now = performance.now();
  const fast = now - last < FASTEST_HAND_MS && !event.repeat;
  last = now;
  const ends = event.key === "Enter" || event.key === "Tab";
  if (event.target === field) return inField(event, ends, fast);
  if (ends) return fast && burst ? finish(event) : giveBack();
  if (event.key.length !== 1) return;
  if (!fast || !burst) {
    giveBack();
    begin(event);
    if (held) setTimeout(() => burst.length === 1 && giveBack(), FASTEST_HAND_MS * 2);
    return;
  }
  burst += event.key;
  if (held) event.preventDefault();
}

function inField(event, ends, fast) {
  if (!ends || (event.key === "Tab" && !(fast && field.value))) return;
  event.preventDefault();
  const raw = field.value;
  field.value = "";
  carry(raw);
}

if (field) {
  document.addEventListener("keydown", route, true);
  if (field.dataset.scan === "first" && !document.querySelector(".summary")) field.focus();
}
