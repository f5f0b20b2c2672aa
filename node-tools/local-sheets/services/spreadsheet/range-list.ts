import type { Area } from "../../../../apps-script/core/workbook/port.ts";
import { refuseUnsupported } from "../unsupported.ts";
import { CellSetters, type SupportedBySetters } from "./cell-setters.ts";
import type { Home } from "./home.ts";
import type { SheetModel } from "./sheet-model.ts";

type ScriptRange = GoogleAppsScript.Spreadsheet.Range;
type ScriptRangeList = GoogleAppsScript.Spreadsheet.RangeList;
type SupportedOfList = SupportedBySetters | "getRanges";

/** The platform's lists have no setDataValidation, whatever else they share with ranges. */
class FakeRangeList extends CellSetters<ScriptRangeList> implements Pick<ScriptRangeList, SupportedOfList> {
  readonly #home: Home;
  readonly #sheet: SheetModel;
  readonly #areas: readonly Area[];

  constructor(home: Home, sheet: SheetModel, areas: readonly Area[]) {
    super("RangeList", { home, sheet, areas });
    this.#home = home;
    this.#sheet = sheet;
    this.#areas = areas;
  }

  getRanges(): ScriptRange[] {
    this.#home.environment.call("RangeList.getRanges");
    return this.#areas.map((area) => this.#home.make.range(this.#home, this.#sheet, area));
  }
}

export function makeRangeList(home: Home, sheet: SheetModel, areas: readonly Area[]): ScriptRangeList {
  return refuseUnsupported<ScriptRangeList>("RangeList", new FakeRangeList(home, sheet, areas));
}
