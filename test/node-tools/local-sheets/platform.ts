/** The platform as the suites of the scripts run it: once with everything that Google does not promise going wrong, once right. */
import type { Surroundings } from "../../../node-tools/local-sheets/local-google.ts";
import { cautious, hopeful } from "../../../node-tools/local-sheets/runtime/doubts.ts";

export const testedDoubts = process.env.LOCAL_SHEETS_DOUBTS === "hopeful" ? hopeful : cautious;

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
