// It runs at once, before the page's own policy, a meta element further down, applies. The query is that of the script,
// a digest of what the page shows, and the page's path.
const shown = new URL(document.currentScript.src).search + location.pathname;
const events = new EventSource("/.pouch/events" + shown);
events.onmessage = () => location.reload();
// Who follows a link is not brought back; who comes back later gets the page again.
addEventListener("beforeunload", () => events.close());
addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
