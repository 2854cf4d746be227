/* What all modules need of the browser. */
export const { body, documentElement: root } = document;

export const all = (selector, part = document) => [...part.querySelectorAll(selector)];

/* What is remembered stays in the browser, which may refuse to keep anything. */
export function recall(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function keep(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {}
}
