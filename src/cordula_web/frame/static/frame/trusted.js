// What may become part of a page? Fragments of our own server, and never a script among them.
// The content security policy asks for trusted types; htmx swaps text into the page through this one door.
if (window.trustedTypes) {
  trustedTypes.createPolicy("default", {
    createHTML(text) {
      if (/<script\b|\son[a-z]+\s*=|javascript:/i.test(text)) {
        throw new TypeError("A fragment with a script in it was refused.");
      }
      return text;
    },
  });
}
