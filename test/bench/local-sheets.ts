import { type Measurement, measureCalls } from "../node-tools/local-sheets/measure-calls.ts";
import { benchOptions, shortText } from "./options.ts";

/** Rows of a paste, as a large unit sends them. */
const pastedRows = 500;

/**
 * The whole region in the local Sheets, action by action.
 *
 * @param bundles the folder with `shared/` and `review/`
 */
export function measureLocalSheets(bundles: string): Promise<Measurement> {
  return measureCalls({ ...benchOptions(1), textLength: shortText }, { pastedRows, bundles });
}
