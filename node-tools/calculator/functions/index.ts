import { arrayFunctions } from "./arrays.ts";
import { dateFunctions } from "./dates.ts";
import type { FunctionTable, SpreadsheetFunction } from "./define.ts";
import { informationFunctions } from "./information.ts";
import { logicFunctions } from "./logic.ts";
import { lookupFunctions } from "./lookup.ts";
import { mathFunctions } from "./math.ts";
import { statisticsFunctions } from "./statistics.ts";
import { textFunctions } from "./text.ts";

const functions: FunctionTable = {
  ...arrayFunctions,
  ...dateFunctions,
  ...informationFunctions,
  ...logicFunctions,
  ...lookupFunctions,
  ...mathFunctions,
  ...statisticsFunctions,
  ...textFunctions,
};

/** A function by its upper-case name. */
export function findFunction(name: string): SpreadsheetFunction | undefined {
  return Object.hasOwn(functions, name) ? functions[name] : undefined;
}
