// node build/test-summary.mjs FOLDER [all]
// Adds up what every test project left in the folder (NAME.trx, and NAME.exit with the exit code of its run) and says what
// failed, what was skipped and why, and as its last line "N passed, N failed". Exit code 1 unless something ran and all of it passed. With "all", a project that ran nothing
// has failed; without it a filter may have left it nothing to run.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";

const [folder, all] = process.argv.slice(2);
const entities = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };

function decoded(text) {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) =>
    hex ? String.fromCodePoint(parseInt(hex, 16)) : decimal ? String.fromCodePoint(Number(decimal)) : (entities[name] ?? whole));
}

function inside(xml, tag) {
  const found = new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(xml);
  return found ? decoded(found[1]).trim() : "";
}

/** The results of one run: [{ test, outcome, text }]. */
function results(trx) {
  const found = [];
  for (const [, attributes, selfClosed, body] of trx.matchAll(/<UnitTestResult\b([^>]*?)(?:(\/)>|>([\s\S]*?)<\/UnitTestResult>)/g)) {
    const value = (name) => decoded(new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1] ?? "");
    const inner = selfClosed ? "" : body;
    found.push({ test: value("testName"), outcome: value("outcome"), text: inside(inner, "Message") || inside(inner, "StdOut") });
  }
  return found;
}

/**
 * Why a run broke off, or "". A test host that crashed or hung takes with it the results of what was running and of all that
 * would have come after; the adapter's own notes ("[xUnit.net …] X [FAIL]") are errors too, and are no such thing.
 */
function brokeOff(trx) {
  const errors = [...trx.matchAll(/<RunInfo\b[^>]*\boutcome="Error"[^>]*>([\s\S]*?)<\/RunInfo>/g)].map(([, body]) => inside(body, "Text"));
  return errors.find((text) => !text.startsWith("[xUnit.net")) ?? "";
}

const oneLine = (text) => text.replace(/\s+/g, " ").trim();
let passed = 0;
const failures = [];
const skipped = new Map();

for (const file of readdirSync(folder).filter((name) => name.endsWith(".exit")).sort()) {
  const project = basename(file, ".exit");
  const exit = Number(readFileSync(join(folder, file), "utf8"));
  const path = join(folder, `${project}.trx`);
  const trx = existsSync(path) ? readFileSync(path, "utf8") : "";
  const ran = results(trx);
  let failedHere = 0;
  for (const { test, outcome, text } of ran) {
    if (outcome === "Passed") {
      passed++;
    } else if (outcome === "NotExecuted") {
      const reason = oneLine(text) || "no reason given";
      skipped.set(reason, [...(skipped.get(reason) ?? []), test]);
    } else {
      failedHere++;
      failures.push(`${test}: ${oneLine(text) || outcome}`);
    }
  }
  const reason = oneLine(brokeOff(trx)) || (trx === "" ? "it left no results" : "")
    || (exit !== 0 && failedHere === 0 ? `exit code ${exit}` : "") || (all === "all" && ran.length === 0 ? "it ran no test" : "");
  if (reason) {
    failures.push(`${project}: the run broke off: ${reason}; see ${join(folder, `${project}.log`)}`);
  }
}

if (passed === 0 && failures.length === 0) {
  console.log("No test was run. Is the filter a part of a test's full name?");
}
for (const failure of failures) {
  console.log(`FAILED ${failure.length > 500 ? `${failure.slice(0, 500)}…` : failure}`);
}
const count = [...skipped.values()].reduce((sum, tests) => sum + tests.length, 0);
const reasons = [...skipped].map(([reason, tests]) => `${tests.join(", ")} (${reason})`).join("; ");
console.log(count === 0 ? "0 skipped" : `${count} skipped: ${reasons}`);
console.log(`${passed} passed, ${failures.length} failed`);
process.exitCode = passed > 0 && failures.length === 0 ? 0 : 1;
