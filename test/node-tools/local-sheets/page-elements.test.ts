import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const folder = "node-tools/local-sheets/page";

test("every element that the page looks for by its id stands in its document", () => {
  const document = readFileSync(`${folder}/index.html`, "utf8");
  const sources = readdirSync(folder).filter((name) => name.endsWith(".ts"));
  const wanted = sources.flatMap((name) =>
    [...readFileSync(`${folder}/${name}`, "utf8").matchAll(/byId(?:<\w+>)?\("([^"]+)"\)/g)].map((match) => match[1]),
  );
  expect(wanted.length).toBeGreaterThan(5);
  expect(wanted.filter((id) => !document.includes(`id="${id}"`))).toEqual([]);
});
