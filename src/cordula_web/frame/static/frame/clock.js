// How long is left? The server's clock is the truth: this one only counts on from what the server said.
const SECOND = 1000;
const two = (number) => String(number).padStart(2, "0");

function figures(left) {
  const seconds = Math.max(0, Math.floor(left / SECOND));
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${two(minutes)}:${two(seconds % 60)}`;
}

for (const clock of document.querySelectorAll("[data-countdown]")) {
  const ends = Date.parse(clock.dataset.ends);
  const asked = Date.parse(clock.dataset.now);
  const shown = clock.querySelector("[data-figures]");
  // A device that sleeps stops performance.now; Date.now goes on, and only what has passed is taken from it.
  const started = Date.now();
  let told = "";
  const count = () => {
    const left = ends - (asked + Date.now() - started);
    const text = figures(left);
    if (text !== told) shown.textContent = told = text;
    clock.classList.toggle("over", left <= 0);
    clock.querySelector("[data-over]").hidden = left > 0;
    setTimeout(count, left > 0 ? (left % SECOND) + 20 : SECOND);
  };
  clock.querySelector("[data-left]").hidden = false;
  clock.classList.add("counting");
  count();
}
