import { errors, isError, Reference, type Scalar } from "../values.ts";
import { type FunctionTable, ofRanges, ofSingles } from "./define.ts";

const test = (f: (value: Scalar) => boolean) => ofSingles(1, 1, (value) => f(value as Scalar), true);

export const informationFunctions: FunctionTable = {
  ISNUMBER: test((value) => typeof value === "number"),
  ISTEXT: test((value) => typeof value === "string"),
  ISNONTEXT: test((value) => typeof value !== "string"),
  ISLOGICAL: test((value) => typeof value === "boolean"),
  ISBLANK: test((value) => value === null),
  ISERROR: test(isError),
  ISNA: test((value) => value === errors.notAvailable),
  ISERR: test((value) => isError(value) && value !== errors.notAvailable),
  ISFORMULA: ofRanges(1, 1, ([cell], { surroundings }) =>
    cell instanceof Reference ? surroundings.isFormula(cell.sheet, cell.top, cell.left) : errors.notAvailable,
  ),
  NA: ofSingles(0, 0, () => errors.notAvailable),
  N: ofSingles(1, 1, (value) => (typeof value === "number" ? value : typeof value === "boolean" ? Number(value) : 0)),
  T: ofSingles(1, 1, (value) => (typeof value === "string" ? value : "")),
};
