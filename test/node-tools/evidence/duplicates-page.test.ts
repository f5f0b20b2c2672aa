import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { composeSection } from "../../generator/prose.ts";
import { makeRandom } from "../../generator/random.ts";
import { makeDocx, paragraph } from "../documents/make-docx.ts";
import { temporaryFolder } from "../run-casebook.ts";
import { runEvidence, writeWorkbook } from "./evidence-award.ts";

const labels = ["1.案例概要", "2.案例的特色与创新点", "3.案例的研究和实践过程", "4.案例的应用情况及推广价值"];

test("whatever applicants write is text on the page of likes, and no markup", async () => {
  const folder = temporaryFolder();
  const random = makeRandom(11);
  const copied = `${composeSection(random, 900)}<script>alert("甲")</script>&amp;<img src=x onerror='乙'>${composeSection(random, 900)}`;
  const workbook = await writeWorkbook(folder, [
    { 案例编号: "A001", 案例名称: `</td><b onclick="丙">课堂'&</b>` },
    { 案例编号: "A002", 案例名称: "课堂案例" },
  ]);
  for (const id of ["A001", "A002"]) {
    const own = join(folder, "materials", id);
    mkdirSync(own, { recursive: true });
    const texts = labels.flatMap((label, i) => [label, i === 2 ? copied : composeSection(random, 80)]);
    writeFileSync(join(own, `<i>${id}&.docx`), makeDocx(["案例模板", ...texts].map(paragraph).join("")));
  }
  await runEvidence(workbook, "--files", join(folder, "materials"));
  const page = readFileSync(join(folder, "award.材料核查.雷同.html"), "utf8");
  const body = page.slice(page.indexOf("<body>"));
  const tags = new Set([...body.matchAll(/<\/?([a-z0-9]+)/gi)].map(([, tag]) => tag));
  expect([...tags].filter((tag) => /^(?:script|img|i)$/.test(tag ?? ""))).toEqual([]);
  // As it was written.
  expect(body).toContain("&lt;/td&gt;&lt;b onclick=&quot;丙&quot;&gt;课堂&#39;&amp;&lt;/b&gt;");
  expect(body).toContain(
    "&lt;script&gt;alert(&quot;甲&quot;)&lt;/script&gt;&amp;amp;&lt;img src=x onerror=&#39;乙&#39;&gt;",
  );
  expect(body).toContain("&lt;i&gt;A001&amp;.docx");
});
