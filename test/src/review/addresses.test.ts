import { expect, test } from "vitest";
import { idIn } from "../../../apps-script/src/review/connect-application.ts";
import { describeWithoutAddress } from "../../../apps-script/src/review/make-score-sheets.ts";

test.for([
  { text: "https://docs.google.com/spreadsheets/d/1aB-c_9/edit#gid=0", id: "1aB-c_9" },
  { text: " https://drive.google.com/file/d/1aB-c_9/view?usp=sharing ", id: "1aB-c_9" },
  { text: "https://drive.google.com/drive/folders/1aB-c_9?resourcekey=0", id: "1aB-c_9" },
  { text: "https://docs.google.com/spreadsheets/u/0/d/1aB-c_9", id: "1aB-c_9" },
  { text: " 1aB-c_9\n", id: "1aB-c_9" },
  { text: "", id: "" },
])("the id in $text", ({ text, id }) => expect(idIn(text)).toBe(id));

test.for([
  { count: 0, told: "" },
  { count: 1, told: "1 名专家（E1）没有可用的邮箱" },
  { count: 8, told: "8 名专家（E1、E2、E3、E4、E5、E6、E7、E8）没有可用的邮箱" },
  { count: 9, told: "9 名专家（E1、E2、E3、E4、E5、E6、E7、E8 等）没有可用的邮箱" },
])("$count experts without an address", ({ count, told }) => {
  const text = describeWithoutAddress(Array.from({ length: count }, (_, i) => `E${i + 1}`));
  expect(text.startsWith(told)).toBe(true);
  expect(text === "").toBe(count === 0);
});
