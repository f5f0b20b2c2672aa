import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { palette } from "../../apps-script/core/workbook/theme.ts";

test("the colours of the pages are those of the workbooks", () => {
  const css = readFileSync("apps-script/dialogs/pages/theme.css", "utf8");
  const colours = [...css.matchAll(/--([a-z-]+): #([0-9a-f]{6});/g)].map(([, name, value]) => [
    name!.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase()),
    value!.toUpperCase(),
  ]);
  expect(colours.length).toBeGreaterThan(10);
  expect(palette).toMatchObject(Object.fromEntries(colours));
});
