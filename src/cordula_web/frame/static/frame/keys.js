// Which key does what? "/" or F3 searches; F4, F8 and F9 press the button that carries the key. Escape loses nothing.
const typing = (element) => element.matches?.("input, textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const search = document.querySelector("[data-search]");
  if (search && (event.key === "F3" || (event.key === "/" && !typing(event.target)))) {
    event.preventDefault();
    search.focus();
    search.select();
    return;
  }
  if (!/^F\d+$/.test(event.key) || event.key === "F2") return;
  const button = document.querySelector(`[data-key="${event.key}"]`);
  if (!button || event.repeat) return;
  event.preventDefault();
  button.click();
});

// Only a script can open the print dialogue, so the button is not there without one.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// A disabled button cannot be explained; a doubled press can be prevented. The server's idempotency key is the real guard.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  if (form.method !== "post" || form.hasAttribute("hx-post")) return;
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, 3000);
});
