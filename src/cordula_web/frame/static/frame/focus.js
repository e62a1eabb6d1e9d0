// Where does the cursor go when a link names a field? Into the field, so that the next key changes it.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.('a[href^="#"]');
  const field = link && document.getElementById(link.hash.slice(1));
  if (!field?.matches("input, select, textarea")) return;
  event.preventDefault();
  field.focus();
  field.select?.();
});

// A page that came back with problems starts at their summary.
document.querySelector(".summary")?.focus();
