// Is what the reader sees still true? A page that could not ask again must not go on saying "Yes".
const mark = () => {
  const notice = document.getElementById("stale");
  if (!notice) return;
  notice.hidden = false;
  document.body.classList.add("is-stale");
};

for (const failure of ["htmx:sendError", "htmx:timeout", "htmx:responseError", "htmx:swapError"]) {
  document.addEventListener(failure, mark);
}
addEventListener("offline", mark);
// The browser's memory of a page is the page as it was.
addEventListener("pageshow", (event) => {
  if (event.persisted) mark();
});

// A page may say for how many minutes its answer holds.
const minutes = Number(document.body.dataset.freshMinutes);
if (minutes > 0) setTimeout(mark, minutes * 60_000);
