import { refuseUnsupported } from "../unsupported.ts";
import type { Home } from "./home.ts";
import type { SheetModel } from "./sheet-model.ts";

type Filter = GoogleAppsScript.Spreadsheet.Filter;

/** The filter of a sheet that has one; which rows it hides is nothing that scripts of the award ask. */
export function showFilter(home: Home, sheet: SheetModel): Filter {
  const filter: Pick<Filter, "getRange" | "remove"> = {
    getRange() {
      home.environment.call("Filter.getRange");
      return home.make.range(home, sheet, sheet.filter ?? sheet.whole);
    },
    remove() {
      home.environment.call("Filter.remove");
      home.model.guardSheet(sheet, home.environment.actor());
      sheet.filter = undefined;
    },
  };
  return refuseUnsupported<Filter>("Filter", filter);
}
