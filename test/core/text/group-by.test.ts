import { expect, test } from "vitest";
import { groupRepeated } from "../../../apps-script/core/text/group-by.ts";

test.for([
  { items: [], groups: [] },
  { items: ["a1", "b1", "c1"], groups: [] },
  {
    items: ["a1", "b1", "b2", "a2", "c1", "b3"],
    groups: [
      ["a1", "a2"],
      ["b1", "b2", "b3"],
    ],
  },
  { items: ["1", "2", "a1"], groups: [] },
])("only keys that repeat make groups, in the order in which they appear first: $items", ({ items, groups }) => {
  const found = groupRepeated(items as string[], (item) => item.replace(/\d/, ""));
  expect([...found.values()]).toEqual(groups);
});
