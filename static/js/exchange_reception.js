// The other reception counts, too: the figures are asked for every few seconds. Without scripts they are those of the page.
const counts = document.getElementById("counts");
const LOOK_EVERY = 5000;
const PATIENCE = 8000;
const CUT = "つながりません。人数は、少し前のものです";
const OUT = "ログインが切れました。この画面を開き直してください";

async function look() {
  if (!document.hidden) {
    try {
      const answer = await fetch(counts.dataset.state, {
        headers: { Accept: "application/json" }, cache: "no-store", signal: AbortSignal.timeout(PATIENCE),
      });
      const isOurs = (answer.headers.get("Content-Type") ?? "").startsWith("application/json");
      if (isOurs) draw((await answer.json()).counts);
      say(isOurs ? "" : answer.redirected || answer.status === 403 ? OUT : CUT);
    } catch {
      say(CUT);
    }
  }
  setTimeout(look, LOOK_EVERY);
}

function draw(told) {
  for (const [kind, [come, of]] of Object.entries(told)) {
    put(`[data-count="${CSS.escape(kind)}"]`, come);
    put(`[data-of="${CSS.escape(kind)}"]`, of);
  }
}

function put(where, number) {
  const place = counts.querySelector(where);
  if (place) place.textContent = number;
}

function say(sentence) {
  const place = counts.querySelector("[data-said]");
  if (place.textContent !== sentence) place.textContent = sentence;
}

setTimeout(look, LOOK_EVERY);
