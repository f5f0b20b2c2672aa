import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, test } from "vitest";

/** Documents for developers name files; a file that was moved or renamed must not leave them behind. */
const documents = ["CONTRIBUTING.md", ...readdirSync("docs").map((name) => `docs/${name}`)].filter(
  (name) => name.endsWith(".md") && !basename(name).startsWith("guide-"),
);

const sources = ["apps-script", "node-tools", "test", "templates", ".ci"].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" }).map((path) => `${folder}/${path.replaceAll("\\", "/")}`),
);

/** `rules/eligible.ts` stands for any path that ends so; `{a,b}` and `*` are left to the reader. */
const named = (text: string) => [...text.matchAll(/`([\w./-]+\.(?:ts|mjs|cjs))`/g)].map((match) => match[1] ?? "");

describe.for(documents)("%s", (document) => {
  const text = readFileSync(document, "utf8");

  test("names files that are there", () => {
    const missing = named(text).filter(
      (path) => !existsSync(path) && !sources.some((source) => source === path || source.endsWith(`/${path}`)),
    );
    expect(missing).toEqual([]);
  });

  test("links to files that are there", () => {
    const links = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#]+)/g)].map((match) => match[1] ?? "");
    expect(links.filter((link) => !existsSync(join(dirname(document), decodeURIComponent(link))))).toEqual([]);
  });
});
