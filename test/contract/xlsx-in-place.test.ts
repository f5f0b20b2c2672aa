import { nodeCodec } from "../../node-tools/xlsx/package/node-codec.ts";
import { newWorkbookInPlace, openWorkbookInPlace } from "../../node-tools/xlsx/package/workbook-in-place.ts";
import { describeWorkbookPort } from "./workbook-port.ts";

describeWorkbookPort(".xlsx files changed in place", async () => {
  let book = newWorkbookInPlace(nodeCodec);
  return {
    apply: async (patch) => book.apply(patch),
    async reopen() {
      book = openWorkbookInPlace(book.save(), nodeCodec);
      return book.snapshot;
    },
  };
});
