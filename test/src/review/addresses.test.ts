import { expect, test } from "vitest";
import { idIn } from "../../../apps-script/src/review/connect-application.ts";

test.for([
  { text: "https://docs.google.com/spreadsheets/d/1aB-c_9/edit#gid=0", id: "1aB-c_9" },
  { text: " https://drive.google.com/file/d/1aB-c_9/view?usp=sharing ", id: "1aB-c_9" },
  { text: "https://drive.google.com/drive/folders/1aB-c_9?resourcekey=0", id: "1aB-c_9" },
  { text: "https://docs.google.com/spreadsheets/u/0/d/1aB-c_9", id: "1aB-c_9" },
  { text: " 1aB-c_9\n", id: "1aB-c_9" },
  { text: "", id: "" },
])("the id in $text", ({ text, id }) => expect(idIn(text)).toBe(id));
