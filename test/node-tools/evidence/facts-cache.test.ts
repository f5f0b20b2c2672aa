import { readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { FileFacts } from "../../../apps-script/core/evidence/file-facts.ts";
import { type CachedEntry, FactsCache } from "../../../node-tools/evidence/facts-cache.ts";
import { temporaryFolder } from "../run-casebook.ts";

const facts = (text: string): FileFacts => ({ kind: "text", pieces: [], paragraphs: [{ text, heading: false }] });
const entries = (text: string): CachedEntry[] => [{ name: "", facts: facts(text) }];
const key = (path: string) => ({ path, size: 1, modified: 2 });

describe("what was read is remembered", () => {
  test("as long as path, size, time and reader are the same", () => {
    const path = join(temporaryFolder(), "cache.jsonl");
    const cache = new FactsCache(path, "1");
    cache.put(key("甲"), entries("第一行\n第二行"));
    cache.put(key("乙"), entries("课".repeat(700_000)));
    cache.close();
    const again = new FactsCache(path, "1");
    expect(again.get(key("甲"))).toEqual(entries("第一行\n第二行"));
    expect(again.get(key("乙"))).toEqual(entries("课".repeat(700_000)));
    expect(again.get({ ...key("甲"), size: 3 })).toBeUndefined();
    expect(again.get({ ...key("甲"), modified: 3 })).toBeUndefined();
    again.close();
    expect(new FactsCache(path, "2").get(key("甲"))).toBeUndefined();
    expect(statSync(path).mode & 0o077).toBe(0);
  });

  test("up to the line at which a run was broken off", () => {
    const path = join(temporaryFolder(), "cache.jsonl");
    const cache = new FactsCache(path, "1");
    cache.put(key("甲"), entries("一"));
    cache.put(key("乙"), entries("二"));
    truncateSync(path, statSync(path).size - 5);
    const again = new FactsCache(path, "1");
    expect(again.get(key("甲"))).toEqual(entries("一"));
    expect(again.get(key("乙"))).toBeUndefined();
    again.put(key("丙"), entries("三"));
    again.put(key("乙"), entries("二"));
    again.close();
    const third = new FactsCache(path, "1");
    expect(["甲", "乙", "丙"].map((name) => third.get(key(name)))).toEqual(["一", "二", "三"].map(entries));
  });

  test("what is no longer asked for goes", () => {
    const path = join(temporaryFolder(), "cache.jsonl");
    const cache = new FactsCache(path, "1");
    for (let i = 0; i < 20; i++) cache.put(key(String(i)), entries("课".repeat(1000)));
    cache.close();
    const again = new FactsCache(path, "1");
    again.get(key("7"));
    again.close();
    expect(
      readFileSync(path, "utf8")
        .split("\n")
        .filter((line) => line !== ""),
    ).toHaveLength(1);
    expect(new FactsCache(path, "1").get(key("7"))).toEqual(entries("课".repeat(1000)));
  });

  test("a file that is something else is no obstacle", () => {
    const path = join(temporaryFolder(), "cache.jsonl");
    writeFileSync(path, "不是缓存");
    const cache = new FactsCache(path, "1");
    cache.put(key("甲"), entries("一"));
    expect(cache.get(key("甲"))).toEqual(entries("一"));
  });
});
