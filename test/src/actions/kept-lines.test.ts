import { describe, expect, test } from "vitest";
import {
  forgetLines,
  keepLines,
  loadLines,
  type Properties,
  pieceLength,
} from "../../../apps-script/src/actions/kept-lines.ts";

/** Properties that hold 9 KB each. */
function newProperties(): { properties: Properties; kept: Map<string, string> } {
  const kept = new Map<string, string>();
  const properties = {
    getProperty: (key: string) => kept.get(key) ?? null,
    setProperty: (key: string, value: string) => {
      if (new TextEncoder().encode(value).length > 9 * 1024) throw new Error("Argument too large: value");
      kept.set(key, value);
    },
    deleteProperty: (key: string) => kept.delete(key),
  };
  return { properties: properties as unknown as Properties, kept };
}

const long = (count: number) => Array.from({ length: count }, (_, i) => `第${String(i).padStart(6, "0")}号案例`);

describe("lines kept in properties", () => {
  test.for([
    { name: "none", lines: [], pieces: 0 },
    { name: "one", lines: ["甲"], pieces: 1 },
    { name: "as many characters as one holds", lines: ["字".repeat(pieceLength)], pieces: 1 },
    { name: "one character more", lines: ["字".repeat(pieceLength), ""], pieces: 2 },
    { name: "thousands", lines: long(3_000), pieces: 12 },
  ])("$name come back as they were, in $pieces pieces", ({ lines, pieces }) => {
    const { properties, kept } = newProperties();
    keepLines(properties, "k.", lines);
    expect(kept.size).toBe(pieces);
    expect(loadLines(properties, "k.")).toEqual(lines);
  });

  test.for([0, 1, 300])("%i in place of more: nothing of those is left", (count) => {
    const { properties } = newProperties();
    keepLines(properties, "k.", long(3_000));
    keepLines(properties, "k.", long(count));
    expect(loadLines(properties, "k.")).toEqual(long(count));
  });

  test("are forgotten without those under another key", () => {
    const { properties, kept } = newProperties();
    keepLines(properties, "k.", long(1_000));
    keepLines(properties, "l.", ["甲"]);
    forgetLines(properties, "k.");
    expect([...kept]).toEqual([["l.0", "甲"]]);
  });
});
