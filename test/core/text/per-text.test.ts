import { expect, test } from "vitest";
import { perText } from "../../../apps-script/core/text/per-text.ts";

test("a text is worked at once, and once more when too much has come since", () => {
  const asked: string[] = [];
  const lengthOf = perText((text) => {
    asked.push(text.slice(0, 3));
    return text.length;
  });
  const long = (name: string) => name.padEnd(900_000, "字");
  expect(["甲", "甲", "", "", long("乙"), "甲", long("乙")].map(lengthOf)).toEqual([1, 1, 0, 0, 900_000, 1, 900_000]);
  expect(asked).toEqual(["甲", "", "乙字字"]);
  expect([long("丙"), long("丁"), "甲", long("丁")].map(lengthOf)).toEqual([900_000, 900_000, 1, 900_000]);
  expect(asked).toEqual(["甲", "", "乙字字", "丙字字", "丁字字", "甲"]);
});
