import type { HelpView } from "../../views.ts";
import { byId, element, section, textList } from "../common/dom.ts";
import { callServer } from "../common/server.ts";
import { failed, loading } from "../common/states.ts";

const content = byId("content");

function show({ steps, marks, advice, contact }: HelpView): void {
  const parts = [
    section("怎么填", element("ol", {}, ...steps.map((step) => element("li", {}, step)))),
    section(
      "标记的意思",
      element(
        "dl",
        { class: "marks" },
        ...marks.flatMap(({ style, term, meaning }) => [
          element("dt", { class: style }, term),
          element("dd", {}, meaning),
        ]),
      ),
    ),
    section("请注意", textList(advice)),
    section(
      "问谁",
      element(
        "div",
        { class: "contact" },
        element("p", {}, "填报和名额问题：自治区教育厅"),
        element("p", { class: "strong" }, contact),
        element("p", { class: "soft" }, "表格打不开、改不了：请联系把链接发给您的管理员。"),
      ),
    ),
  ];
  content.replaceChildren(...parts.filter((part) => part !== undefined));
}

async function load(): Promise<void> {
  content.replaceChildren(loading("正在打开帮助…"));
  try {
    show(await callServer("loadHelp"));
  } catch (error) {
    content.replaceChildren(failed((error as Error).message, load));
  }
}

void load();
