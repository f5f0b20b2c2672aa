/** 附件5 案例模板: a submission's text, or the empty form; nothing about its authors. */
import type { Submission } from "../../award/award.ts";
import { submissionsSheet, textsSheet } from "../../schema/application.ts";
import { labelOf } from "../../schema/sheet-spec.ts";
import { cleanText } from "../../text/clean.ts";
import { splitList } from "../../text/list.ts";
import { nameFiles } from "../name-files.ts";
import type { Form, FormDocument, TagRecord } from "./form.ts";

const sections = ["summary", "innovation", "process", "application"] as const;
const paragraph = "段落";
const material = "材料";
const titleTag = labelOf(submissionsSheet, "title");
const keywordsTag = labelOf(submissionsSheet, "keywords");
const materialsTag = labelOf(submissionsSheet, "materials");
/** Room to write where there is no text yet: the four sections then end with the first page. */
const emptyLines = 3;

function paragraphs(text: string): TagRecord[] {
  const lines = text
    .split(/\r\n?|\n/)
    .map(cleanText)
    .filter((line) => line !== "");
  return (lines.length > 0 ? lines : Array.from({ length: emptyLines }, () => "")).map((line) => ({
    [paragraph]: line,
  }));
}

function valuesOf(submission: Submission | undefined): TagRecord {
  const materials = splitList(submission?.record.text("materials") ?? "");
  return {
    [titleTag]: submission?.title ?? "",
    [keywordsTag]: submission?.record.text("keywords") ?? "",
    ...Object.fromEntries(sections.map((key) => [labelOf(textsSheet, key), paragraphs(submission?.text?.[key] ?? "")])),
    [materialsTag]: (materials.length > 0 ? materials : ["", ""]).map((name, i) => ({ 序号: i + 1, [material]: name })),
  };
}

const blank = (): FormDocument => ({ fileName: "案例模板-空白", values: valuesOf(undefined) });

export const caseTemplate: Form = {
  name: "附件5",
  aliases: ["案例模板"],
  template: "附件5-案例模板",
  byUnit: "each",
  tags: {
    [titleTag]: "案例名称",
    [keywordsTag]: "关键词，用顿号隔开",
    ...Object.fromEntries(sections.map((key) => [labelOf(textsSheet, key), { [paragraph]: "一个自然段" }])),
    [materialsTag]: { 序号: "从 1 起", [material]: "材料名称" },
  },
  build({ award, units }) {
    const submissions = award.submissions.filter((s) => !s.cancelled && (!units || (s.unit && units.includes(s.unit))));
    if (submissions.length === 0) return { documents: [blank()] };
    const names = nameFiles(submissions, (s) => {
      const name = s.id || s.title || `第${s.record.row}行`;
      return [name, `${name}-第${s.record.row}行`];
    });
    return { documents: submissions.map((s, i) => ({ fileName: `案例模板-${names[i]}`, values: valuesOf(s) })) };
  },
  blank: () => [blank()],
};
