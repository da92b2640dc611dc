// Keeps what is being typed into a long form: on this device at every pause, and on the server every few seconds while
// it is a draft. After a log-in has ended nothing is lost: the text stays here, and the page offers to bring it back.
// Without scripts the save button does it, and the server puts aside what is sent after a log-in has ended.
const EVERY = 8000;
const PAUSE = 1000;
const KEPT = 7 * 24 * 60 * 60 * 1000;
const NOT_KEPT = ["csrfmiddlewaretoken", "opened-by", "record-asked"];
const VERSION = /record-version$/;

const form = document.querySelector("form[data-autosave]");
const said = form.querySelector("[data-autosave-said]");
const key = form.dataset.autosaveKey;
let changed = false;
let saving = null;
let pause = 0;
let stopped = "autosaveLocal" in form.dataset;

const say = (text) => { said.textContent = text; };
const clock = (time) => new Date(time).toLocaleTimeString("ja-JP", { hour: "2-digit", minute: "2-digit" });
const fields = () => [...form.elements].filter((each) =>
  each.name && each.type !== "file" && each.type !== "submit" && each.tagName !== "FIELDSET"
  && each.tagName !== "BUTTON" && !NOT_KEPT.includes(each.name) && !each.name.startsWith("record-keep"));
const isTick = (each) => each.type === "checkbox" || each.type === "radio";
const nameOf = (each) => (isTick(each) ? `${each.name}=${each.value}` : each.name);
const valueOf = (each) => (isTick(each) ? each.checked : each.value);
const written = () => Object.fromEntries(fields().map((each) => [nameOf(each), valueOf(each)]));

// A browser may refuse to keep anything (private windows); then the server alone does.
function keep(sent) {
  try {
    localStorage.setItem(key, JSON.stringify({ at: Date.now(), sent, texts: written() }));
  } catch { /* the next save tries again */ }
}

function kept() {
  try {
    const entry = JSON.parse(localStorage.getItem(key));
    if (entry && Date.now() - entry.at < KEPT) return entry;
    localStorage.removeItem(key);
  } catch { /* nothing that could be read */ }
  return null;
}

function forget() {
  try { localStorage.removeItem(key); } catch { /* nothing was kept */ }
}

async function save() {
  changed = false;
  const data = new FormData(form);
  for (const each of form.querySelectorAll("input[type=file]")) data.delete(each.name);
  try {
    const answer = await fetch(form.dataset.autosave, { method: "POST", body: data, redirect: "manual" });
    if (answer.type === "opaqueredirect" || answer.status === 403) {
      stopped = true;
      say("◆ ログインが切れています。書いた内容は、この端末に残してあります。ログインしなおして、このページを開くと、続きから書けます。");
      return;
    }
    if (!answer.ok) throw new Error(answer.statusText);
    const told = await answer.json();
    if (!told.saved) {
      stopped = true;
      say(`◆ ${told.why}`);
      return;
    }
    for (const [name, version] of Object.entries(told.versions)) {
      const carried = form.elements.namedItem(name);
      if (carried) carried.value = version;
    }
    keep(false);
    say(`${clock(Date.now())}に、下書きを自動で保存しました。新しく足した行と写真は、「保存する」で保存します。`);
  } catch {
    changed = true;
    say("◆ いま、つながりません。書いた内容は、この端末に残してあります。");
  }
}

async function look() {
  if (changed && !stopped && !form.querySelector(".both")) {
    saving = save();
    await saving;
    saving = null;
  }
  setTimeout(look, EVERY);
}

form.addEventListener("input", () => {
  changed = true;
  clearTimeout(pause);
  pause = setTimeout(() => keep(false), PAUSE);
});

// What is being saved at this moment comes first, so that the form is based on it.
form.addEventListener("submit", async (event) => {
  clearTimeout(pause);
  stopped = true;
  if (saving) {
    event.preventDefault();
    await saving;
    saving = null;
    form.requestSubmit(event.submitter);
    return;
  }
  keep(true);
});

function offer(entry) {
  const box = document.createElement("div");
  box.className = "sheet flow";
  box.setAttribute("role", "status");
  const text = document.createElement("p");
  text.textContent = `${new Date(entry.at).toLocaleDateString("ja-JP")} ${clock(entry.at)}に書いていた、まだ保存していない内容が、この端末に残っています。`;
  const bring = document.createElement("button");
  bring.type = "button";
  bring.className = "btn";
  bring.textContent = "その内容を戻す";
  bring.addEventListener("click", () => {
    for (const each of fields()) {
      const name = nameOf(each);
      if (!(name in entry.texts)) continue;
      if (isTick(each)) each.checked = entry.texts[name];
      else each.value = entry.texts[name];
      const folded = each.closest("details");
      if (folded && each.value) folded.open = true;
    }
    changed = true;
    box.remove();
    say("内容を戻しました。確かめて、保存してください。");
  });
  const drop = document.createElement("button");
  drop.type = "button";
  drop.className = "btn";
  drop.textContent = "捨てる";
  drop.addEventListener("click", () => { forget(); box.remove(); });
  const actions = document.createElement("p");
  actions.className = "actions";
  actions.append(bring, drop);
  box.append(text, actions);
  form.prepend(box);
}

const entry = kept();
if (entry) {
  const now = written();
  const was = entry.texts;
  const differs = Object.keys(was).some((name) => !VERSION.test(name) && was[name] && was[name] !== now[name]);
  // It was sent, and the record is a newer one: it arrived.
  const arrived = entry.sent && was["record-version"] !== now["record-version"];
  if (arrived || !differs) forget();
  else offer(entry);
}
setTimeout(look, EVERY);
