// The reception on a phone: each tap is sent at once, one field at a time. What cannot be sent waits in this browser,
// is sent when the line is back, and never overtakes what was tapped later. Without scripts the page is one form.
const form = document.getElementById("reception");
const KEY = `reception-${form.dataset.meeting}`;
const FIELDS = { k: "kind", n: "name", c: "party", f: "fee_paid", g: "party_fee_paid" };
const LETTERS = Object.keys(FIELDS);
const LOOK_EVERY = 5000;
const PATIENCE = 8000;
const AT_ONCE = 100;
const SAVED = "保存しました";
const SENDING = "送っています";
const CUT = "つながりません。つながったら送ります";
const OUT = "ログインが切れました。この画面を開き直してログインすると、残りを送ります";
let sending = false;

// ── what waits: in the order of the taps, the last one of a field only ──
let kept = null;
function waiting() {
  if (kept) return kept;
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? [];
  } catch {
    return [];
  }
}
function keep(taps) {
  try {
    if (taps.length) localStorage.setItem(KEY, JSON.stringify(taps));
    else localStorage.removeItem(KEY);
    kept = null;
  } catch {
    // A browser that keeps nothing: the page itself keeps it.
    kept = taps;
  }
}

function number() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((each) => each.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}

function tap(input) {
  const [letter, who] = [input.name[0], input.name.slice(2)];
  const field = FIELDS[letter];
  if (!field || input.name[1] !== "-") return;
  const value = input.type === "checkbox" ? input.checked : input.value;
  const others = waiting().filter((each) => each.who !== who || each.field !== field);
  keep([...others, { op: number(), who, field, value }]);
  show();
  send();
}

// ── sending ──
async function ask(url, body) {
  const headers = { Accept: "application/json" };
  if (body) {
    headers["Content-Type"] = "application/json";
    headers["X-CSRFToken"] = form.elements.csrfmiddlewaretoken.value;
  }
  const answer = await fetch(url, {
    method: body ? "POST" : "GET", body, headers, cache: "no-store", signal: AbortSignal.timeout(PATIENCE),
  });
  const isOurs = (answer.headers.get("Content-Type") ?? "").startsWith("application/json");
  if (!isOurs) throw new Error(answer.redirected || answer.status === 403 ? OUT : CUT);
  return [answer.status, await answer.json()];
}

async function send() {
  if (sending) return;
  sending = true;
  try {
    let taps = waiting();
    while (taps.length) {
      say(SENDING);
      const part = taps.slice(0, AT_ONCE);
      const [status, told] = await ask(form.dataset.mark, JSON.stringify({ marks: part }));
      if (status >= 500) throw new Error(CUT);
      const sent = new Set(part.map((each) => each.op));
      taps = waiting().filter((each) => !sent.has(each.op));
      keep(taps);
      if (status === 200) draw(told);
      say(status === 200 ? SAVED : told.said, status !== 200);
    }
  } catch (error) {
    say(error.message === OUT ? OUT : CUT, true);
  }
  sending = false;
  show();
}

async function look() {
  if (waiting().length) await send();
  else if (!document.hidden && !sending) {
    try {
      const [status, told] = await ask(form.dataset.state);
      if (status === 200 && !waiting().length) draw(told);
      if (cut()) say(SAVED);
    } catch (error) {
      say(error.message === OUT ? OUT : CUT, true);
    }
  }
  setTimeout(look, LOOK_EVERY);
}

// ── what the server says is shown; only what still waits here is not touched ──
function draw(told) {
  const mine = new Set(waiting().map((each) => `${each.who} ${each.field}`));
  for (const [who, values] of Object.entries(told.lines)) {
    LETTERS.forEach((letter, place) => {
      if (!mine.has(`${who} ${FIELDS[letter]}`)) put(`${letter}-${who}`, values[place]);
    });
  }
  form.elements.base.value = JSON.stringify(told.lines);
  form.querySelector("[data-ticked]").textContent = told.ticked;
  form.querySelector("[data-of]").textContent = told.of;
  form.querySelector("[data-there]").textContent = told.there;
  const known = form.querySelectorAll("[data-who]").length;
  if (Object.keys(told.lines).length !== known) say("ほかの方が人を加えました。画面を開き直すと出ます");
}

function put(name, value) {
  const inputs = form.querySelectorAll(`[name="${CSS.escape(name)}"]`);
  for (const input of inputs) {
    if (input.type === "radio") input.checked = input.value === value;
    else if (input.type === "checkbox") input.checked = value;
    else if (input !== document.activeElement) input.value = value;
  }
}

function show() {
  const whom = new Set(waiting().map((each) => each.who));
  for (const strip of form.querySelectorAll("[data-who]")) {
    strip.classList.toggle("is-waiting", whom.has(strip.dataset.who));
  }
}

function cut() {
  return form.querySelector(".savebar").classList.contains("is-cut");
}

function say(sentence, isCut = false) {
  const left = waiting().length;
  form.querySelector("[data-said]").textContent = isCut && left ? `${sentence}（${left}件）` : sentence;
  form.querySelector(".savebar").classList.toggle("is-cut", isCut);
}

// ── the page ──
function find(text) {
  const asked = folded(text);
  for (const strip of form.querySelectorAll("[data-who]")) {
    strip.hidden = asked !== "" && !folded(strip.querySelector("legend").textContent).includes(asked);
  }
}

function folded(text) {
  const plain = text.normalize("NFKC").replace(/\s/g, "").toLowerCase();
  return plain.replace(/[ぁ-ゖ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60));
}

form.addEventListener("change", (event) => tap(event.target));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  // A name that is still being typed counts, too.
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  if (waiting().length) send();
  else say(cut() ? CUT : SAVED, cut());
});
// Other forms of the page lead elsewhere: what waits is sent before, and is kept if that fails.
for (const other of document.querySelectorAll("[data-replied], [data-guest]")) {
  other.addEventListener("submit", async (event) => {
    if (!waiting().length) return;
    event.preventDefault();
    await send();
    if (!waiting().length) other.submit();
  });
}
addEventListener("online", send);
const finder = form.querySelector("[data-find]");
finder.hidden = false;
finder.addEventListener("input", (event) => find(event.target.value));
finder.addEventListener("change", (event) => event.stopPropagation());
finder.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());

// What waited from before: shown as it was tapped, and sent.
for (const each of waiting()) put(`${LETTERS.find((letter) => FIELDS[letter] === each.field)}-${each.who}`, each.value);
show();
send();
setTimeout(look, LOOK_EVERY);
