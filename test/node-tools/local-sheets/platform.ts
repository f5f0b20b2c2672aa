/** The platform as the suites of the scripts run it: once with everything that Google does not promise going wrong, once right. */
import { once } from "../../../apps-script/core/text/once.ts";
import type { Surroundings } from "../../../node-tools/local-sheets/local-google.ts";
import { cautious, hopeful } from "../../../node-tools/local-sheets/runtime/doubts.ts";

export const testedDoubts = process.env.LOCAL_SHEETS_DOUBTS === "hopeful" ? hopeful : cautious;

/** Where mutants are tried, nothing that one of them has touched is kept for the next. */
const mayKeep = !("__mutant" in globalThis);

/** A world that is opened once and copied for every test. */
export function opened<T>(open: () => T, copy: (world: T) => T): () => T {
  if (!mayKeep) return open;
  const first = once(open);
  return () => copy(first());
}

/** What is made of an object that nobody changes is made once. */
export function keptFor<Key extends object, T>(make: (key: Key) => T): (key: Key) => T {
  if (!mayKeep) return make;
  const made = new WeakMap<Key, { readonly value: T }>();
  return (key) => {
    const kept = made.get(key) ?? { value: make(key) };
    made.set(key, kept);
    return kept.value;
  };
}

const textOf = (html: string) =>
  html
    .replace(/<[^>]*>/g, "")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, "&");

/**
 * Somebody who agrees to everything.
 *
 * @param told gets what questions, toasts and windows of words say, newest last
 * @param answers of the next prompts, first come first served
 */
export function agreeable(told: string[], answers: string[]): Surroundings {
  return {
    alert: (title, message, buttons) => {
      told.push(`${title}\n${message}`);
      return buttons.startsWith("YES") ? "YES" : "OK";
    },
    prompt: (title, message) => {
      told.push(`${title}\n${message}`);
      return { button: "OK", text: answers.shift() ?? "" };
    },
    toast: (message, title) => told.push(`${title}\n${message}`),
    show: ({ kind, title, html }) => {
      if (kind === "modeless" && html.startsWith("<pre")) told.push(`${title}\n${textOf(html)}`);
    },
  };
}
