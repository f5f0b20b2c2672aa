import { expect, test } from "vitest";
import { cleanIdentifier } from "../../../apps-script/core/text/clean.ts";
import { isRuinedIdentifier } from "../../../apps-script/core/text/identifier.ts";

test.for([
  ["6.40104E+17", true],
  ["６.40104e+17", true],
  ["6E+17", true],
  [" 640.104E+015 ", true],
  ["6401042025010000", true],
  ["640104202501000000", true],
  [1_000_000_000_000_000, true],
  [6.40104e17, true],
  ["640104202501000001", false],
  ["640104202501000", false],
  ["6401042025010001", false],
  ["640E12", false],
  ["A6401042025010000", false],
  ["nx20250071", false],
  ["", false],
  [999_999_999_999_999, false],
  [13_965_700_183, false],
] as const)("%j: %s", ([value, ruined]) => expect(isRuinedIdentifier(value)).toBe(ruined));

test("whatever it begins with, an identifier is ruined as its cleaned form is", () => {
  for (let unit = 0; unit <= 0xffff; unit++) {
    for (const rest of ["640104202501000000", ".40104E+17"]) {
      const typed = String.fromCharCode(unit) + rest;
      const ruined = /^[+-]?\d{1,3}(?:\.\d+)?E\+\d{1,3}$|^\d{15,}0{3}$/.test(cleanIdentifier(typed));
      if (isRuinedIdentifier(typed) !== ruined) expect.fail(`U+${unit.toString(16)} before ${rest}`);
    }
  }
});
