// Passkeys: what the browser asks of the device, put into the form that is sent. Needs webauthn-json.js before it.
// A form says data-passkey="create" or "get". The server's question stands in #passkey-question, or, where
// nobody is logged in yet, is fetched from the form's own address. Without scripts the form stays hidden.
const SAID = {
  NotAllowedError: "登録や確認が取り消されたか、時間が切れました。もう一度ボタンを押してください。",
  InvalidStateError: "この機器のパスキーは、もう登録してあります。",
  SecurityError: "この画面の住所（URL）では、パスキーを使えません。",
};
const OTHERWISE = "うまくいきませんでした。ほかの方法をお使いください。";
const IS_NUMBERS = /^(\d+\.){3}\d+$|^\[/.test(location.hostname);

async function question(form) {
  const here = document.getElementById("passkey-question");
  if (here) return JSON.parse(here.textContent);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${form.action}: ${answer.status}`);
  return answer.json();
}

async function ask(form) {
  const asked = await question(form);
  if (form.dataset.passkey === "get") return webauthnJSON.get(asked.request_options);
  const options = asked.creation_options;
  // A passkey opens alone: the device keeps it, and asks its owner for a finger, a face or a number.
  Object.assign(options.publicKey.authenticatorSelection, {
    residentKey: "required",
    requireResidentKey: true,
    userVerification: "required",
  });
  return webauthnJSON.create(options);
}

function prepare(form) {
  const said = form.querySelector("[data-passkey-said]");
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    said.hidden = true;
    try {
      form.elements.credential.value = JSON.stringify(await ask(form));
      form.submit();
    } catch (error) {
      said.textContent = SAID[error.name] ?? OTHERWISE;
      said.hidden = false;
    }
  });
}

// A browser knows no passkeys for an address of numbers (127.0.0.1): there the other ways remain.
if (window.PublicKeyCredential && !IS_NUMBERS) {
  document.querySelectorAll("form[data-passkey]").forEach(prepare);
  document.querySelectorAll("[data-passkey-without]").forEach((note) => (note.hidden = true));
}
