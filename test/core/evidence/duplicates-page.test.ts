import { describe, expect, test } from "vitest";
import type { Submission } from "../../../apps-script/core/award/award.ts";
import { buildDuplicatesPage } from "../../../apps-script/core/evidence/duplicates-page.ts";
import { type DuplicatePair, findDuplicates, percent } from "../../../apps-script/core/evidence/find-duplicates.ts";
import { summariseFile } from "../../../apps-script/core/evidence/submitted-file.ts";
import { makeAward, validSubmission } from "../award-builder.ts";

const titles = [`<b onclick="x('y')">甲 & 乙</b>`, "案例二", "案例三"];
const [one, two, three] = makeAward({
  submissions: titles.map((title, i) => ({ ...validSubmission(i), id: `A${i + 1}`, title })),
}).submissions as [Submission, Submission, Submission];

/** Characters that repeat nowhere, so that only what is put in is shared. */
const run = (from: number, count: number) =>
  Array.from({ length: count }, (_, i) => String.fromCharCode(0x4e00 + from + i)).join("");
const pair = (a: string, b: string, similarity = 0.75): DuplicatePair => ({
  a: { submission: one, file: `<i>.docx`, text: a },
  b: { submission: two, file: "", text: b },
  similarity,
});
const shared = `头<script>alert("两边都有的一段话&'")</script>尾`;
const page = (...pairs: DuplicatePair[]) => buildDuplicatesPage(pairs, 0.5);

describe("the page of near-duplicates", () => {
  const html = page(pair(run(0, 60) + shared + run(100, 60), run(200, 60) + shared + run(300, 60)));

  test("nothing that stands in a text, a title or a file's name becomes markup", () => {
    expect(html).not.toMatch(/<script|<b onclick|<i>/);
    expect(html).toContain("&lt;b onclick=&quot;x(&#39;y&#39;)&quot;&gt;甲 &amp; 乙&lt;/b&gt;");
    expect(html).toContain("&lt;i&gt;.docx");
    expect(html).toContain("default-src 'none'");
  });

  test("the passage is marked on both sides, with a little of what stands around it, and in the whole texts", () => {
    const marks = [...html.matchAll(/<mark>(.*?)<\/mark>/g)].map(([, inside]) => inside);
    expect(marks).toEqual(
      Array.from({ length: 4 }, () => "头&lt;script&gt;alert(&quot;两边都有的一段话&amp;&#39;&quot;)&lt;/script&gt;尾"),
    );
    const [left, right] = [...html.matchAll(/<div>(…?[^<]*)<mark>.*?<\/mark>([^<]*)<\/div>/g)];
    expect(left?.slice(1)).toEqual([`…${run(36, 24)}`, `${run(100, 24)}…`]);
    expect(right?.slice(1)).toEqual([`…${run(236, 24)}`, `${run(300, 24)}…`]);
    expect(html).toContain(`<div class="whole">${run(0, 60)}<mark>`);
    expect(html).toContain(`相似度 75%　相同段落 1 处，共 ${shared.length} 字`);
  });

  test("a passage at the edge has no dots beyond it", () => {
    const edge = page(pair(run(0, 30), run(0, 30)));
    expect(edge).toContain(
      `<div class="pair"><div><mark>${run(0, 30)}</mark></div><div><mark>${run(0, 30)}</mark></div></div>`,
    );
  });

  test("passages close to each other on both sides stand in one row, others in rows of their own", () => {
    const rows = (gapA: number, gapB: number) => {
      const a = run(0, 20) + run(1000, gapA) + run(100, 20);
      const b = run(0, 20) + run(2000, gapB) + run(100, 20);
      return page(pair(a, b)).split("<details>")[0]!.split('<div class="pair">').length - 1;
    };
    expect([rows(48, 48), rows(49, 48), rows(48, 49), rows(10, 0)]).toEqual([1, 2, 2, 1]);
  });

  test("two hundred pairs are shown with their texts, all are listed", () => {
    const many = page(...Array.from({ length: 201 }, () => pair(run(0, 10), run(0, 10))));
    expect(many.match(/<section id=/g)).toHaveLength(200);
    expect(many).toContain('<a href="#p200">200</a>');
    expect(many).not.toContain("#p201");
    expect(many).toContain('<td class="n">201</td>');
    expect(many).toContain("下面并排列出最相近的 200 对。");
    expect(html).not.toContain("并排列出");
  });

  test("none at all", () => {
    expect(page()).toContain("没有相似度达到 50% 的两个案例。");
    expect(page()).not.toContain("<table");
  });
});

test.for([
  [1, "100%"],
  [0.9999, "99%"],
  [0.5, "50%"],
  [0.29, "29%"],
] as const)("%f is shown as %s", ([similarity, shown]) => expect(percent(similarity)).toBe(shown));

describe("which pairs are found", () => {
  const file = (name: string, ...texts: string[]) =>
    summariseFile(name, { kind: "text", paragraphs: texts.map((text) => ({ text, heading: false })) });
  const found = (...files: [string, string][]) =>
    findDuplicates(
      [one, two, three].map((submission, i) => ({
        submission,
        files: files.flatMap(([id, text], n) => (id === submission.id ? [file(`${i}${n}.txt`, text)] : [])),
      })),
      0.5,
    ).map(({ a, b, similarity }) => [a.submission.id, b.submission.id, Math.round(similarity * 100)]);

  test("texts of different submissions, of each two the likest, the most alike first", () => {
    expect(found(["A1", run(0, 300)], ["A2", run(0, 300)], ["A3", run(1000, 300)])).toEqual([["A1", "A2", 100]]);
    expect(found(["A1", run(0, 300)], ["A1", run(0, 301)])).toEqual([]);
    const similar = run(0, 250) + run(2000, 50);
    expect(
      found(["A1", run(0, 300)], ["A2", similar], ["A2", run(0, 300)], ["A3", similar]).map(([a, b]) => [a, b]),
    ).toEqual([
      ["A1", "A2"],
      ["A2", "A3"],
      ["A1", "A3"],
    ]);
  });

  test("texts of fewer than three hundred characters are alike everywhere", () => {
    expect(found(["A1", run(0, 299)], ["A2", run(0, 299)])).toEqual([]);
    expect(found(["A1", run(0, 300)], ["A2", run(0, 300)])).toHaveLength(1);
  });
});
