// Keeps a page about work under way current without moving the reader: it asks for the page again and takes over
// the parts marked data-live. When the work is done they are gone, and the page is opened anew.
// Without scripts the page reloads itself.
const EVERY = 2000;

async function look() {
  try {
    const answer = await fetch(location.href, { cache: "no-store" });
    if (answer.ok) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const part of document.querySelectorAll("[data-live]")) {
        const now = page.getElementById(part.id);
        if (!now) return location.reload();
        if (now.innerHTML !== part.innerHTML) part.replaceChildren(...now.childNodes);
      }
    }
  } catch {
    // The network is away for a moment; the next look may find it back.
  }
  setTimeout(look, EVERY);
}

setTimeout(look, EVERY);
