// What is typed and not saved yet stays in this browser: for its writer alone, until the server has it, and not for long.
// Source: docs/adr/2026-11-27-drafts-of-a-week.md
const PREFIX = "okrsite-typed:";
const LONGEST = 14 * 86_400_000; // milliseconds
const me = document.body.dataset.of ?? "";

// By which a page is told from every other.
export function randomKey() {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// What this page keeps, under a name of its own, so that two tabs do not write over each other.
export function keeper(week, page) {
  const key = `${PREFIX}${me}:${week}:${page}`;
  return {
    keep: (what) => write(key, what),
    forget: () => remove(key),
    // What earlier pages of this week left behind, the newest first.
    others() {
      const found = mine(week).filter(([name]) => name !== key);
      return found.map(([name, what]) => ({ typed: {}, ...what, forget: () => remove(name) })).sort((a, b) => b.at - a.at);
    },
  };
}

// On every page: what is another person's goes, and what is too old. Nobody's page keeps it, for whoever signs in again.
export function tidy() {
  for (const [name, what] of all()) {
    const isAnothers = me && !name.startsWith(`${PREFIX}${me}:`);
    if (isAnothers || !(Date.now() - what.at < LONGEST)) remove(name);
  }
}

// Signing out.
export function forgetAll() {
  for (const [name] of all()) remove(name);
}

// The week that was given is here: what was kept of it before has arrived.
export function arrived(week, version) {
  for (const [name, what] of mine(week)) if (what.isSent && version > what.version) remove(name);
}

function mine(week) {
  return all().filter(([name]) => me && name.startsWith(`${PREFIX}${me}:${week}:`));
}

function all() {
  try {
    const names = Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));
    return names.map((name) => [name, read(name)]);
  } catch {
    return []; // a browser that keeps nothing
  }
}

function read(name) {
  try {
    return JSON.parse(localStorage.getItem(name)) ?? {};
  } catch {
    return {};
  }
}

function write(key, what) {
  try {
    localStorage.setItem(key, JSON.stringify(what));
    return true;
  } catch {
    return false;
  }
}

function remove(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // it kept nothing
  }
}
