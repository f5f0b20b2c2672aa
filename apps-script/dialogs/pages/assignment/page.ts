import type { AssignmentView } from "../../views.ts";
import { button, byId, element, fact, section, textList } from "../common/dom.ts";
import { grouped, percent } from "../common/numbers.ts";
import { callServer, closePage } from "../common/server.ts";
import { empty, failed, loading, notice } from "../common/states.ts";

const content = byId("content");
const actions = byId("actions");

function describeLoads(bars: AssignmentView["loads"][number]["bars"]): string {
  const experts = bars.reduce((sum, bar) => sum + bar.experts, 0);
  const [fewest, most] = [bars[0]?.load ?? 0, bars[bars.length - 1]?.load ?? 0];
  return `${grouped(experts)} 人，每人 ${fewest === most ? most : `${fewest}–${most}`} 个`;
}

interface Bar {
  readonly label: string;
  readonly value: number;
  /** Said after the number: `人`. */
  readonly unit: string;
}

/** Horizontal bars as a list that reads well without its drawing. */
function horizontalBars(bars: readonly Bar[], most: number): HTMLElement {
  return element(
    "ul",
    { class: "bars" },
    ...bars.map(({ label, value, unit }) => {
      const fill = element("span", { class: "fill" });
      fill.style.width = `${percent(value, most)}%`;
      return element(
        "li",
        {},
        element("span", { class: "label" }, label),
        element("span", { class: "track" }, fill),
        element("span", { class: "value" }, `${grouped(value)} ${unit}`),
      );
    }),
  );
}

function loadCharts({ loads }: AssignmentView): HTMLElement | undefined {
  if (loads.length === 0) return undefined;
  const most = Math.max(...loads.flatMap(({ bars }) => bars.map((bar) => bar.experts)));
  const charts = loads.map(({ stage, bars }) =>
    element(
      "div",
      {},
      element("h3", {}, stage, element("span", {}, describeLoads(bars))),
      horizontalBars(
        bars.map(({ load, experts }) => ({ label: `${load} 个案例`, value: experts, unit: "人" })),
        most,
      ),
    ),
  );
  return element("div", { class: "stages" }, ...charts);
}

function unfilledTable({ unfilled }: AssignmentView): HTMLElement | undefined {
  if (unfilled.length === 0) return undefined;
  const heads = ["案例编号", "还缺", "原因"].map((label) => element("th", { scope: "col" }, label));
  const rows = unfilled.map(({ submission, missing, reason }) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, submission),
      element("td", { class: "number" }, `${missing} 人`),
      element("td", {}, reason),
    ),
  );
  const table = element(
    "table",
    { class: "unfilled" },
    element("thead", {}, element("tr", {}, ...heads)),
    element("tbody", {}, ...rows),
  );
  return element("div", { class: "scrolls", tabindex: "0", role: "region", "aria-label": "缺少专家的案例" }, table);
}

function facts(view: AssignmentView): HTMLElement {
  const missing = view.unfilled.reduce((sum, each) => sum + each.missing, 0);
  return element(
    "dl",
    { class: "facts" },
    fact("参评案例", grouped(view.submissions)),
    fact("专家", grouped(view.experts)),
    fact("新分派", grouped(view.added)),
    fact("保留", grouped(view.kept)),
    fact("撤销", grouped(view.moved), view.moved > 0 ? "warning" : ""),
    fact("疑似回避", `${grouped(view.suspected)} 对`),
    fact("缺少", grouped(missing), missing > 0 ? "warning" : "good"),
  );
}

function leadOf(view: AssignmentView): string {
  if (view.added === 0 && view.moved === 0) return "与现有分派相比没有变化。";
  const moved = view.moved > 0 ? `，撤销 ${grouped(view.moved)} 份不再合适且未评分的分派` : "";
  return `确认后将新分派 ${grouped(view.added)} 份评审${moved}；已评分的一律保留。现在还没有写入任何内容。`;
}

function finish(message: string): void {
  content.replaceChildren(empty("分派已写入", message, "good"));
  const close = button("关闭", closePage, { class: "primary" });
  actions.replaceChildren(close);
  close.focus();
}

async function apply(token: string): Promise<void> {
  actions.replaceChildren(
    button("取消", closePage, { disabled: true }),
    button("正在写入…", () => {}, { class: "primary", disabled: true }),
  );
  try {
    const outcome = await callServer("applyAssignment", token);
    finish(outcome || "接下来请运行“生成评分表”。");
  } catch (error) {
    actions.replaceChildren(
      notice((error as Error).message, "bad"),
      button("关闭", closePage),
      button("重新预览", load, { class: "primary" }),
    );
  }
}

function show(view: AssignmentView): void {
  if (view.submissions === 0) {
    const none = empty("没有可以分派的案例", "请先在申报工作簿中推荐案例，并检查到没有错误。");
    content.replaceChildren(none, ...[textList(view.notes, "texts problems")].filter((each) => each !== undefined));
    actions.replaceChildren(button("关闭", closePage, { class: "primary" }));
    actions.hidden = false;
    return;
  }
  const drawn = `每个案例 ${view.reviews} 名专家，随机种子 ${view.seed}。`;
  const parts = [
    element("p", { class: "lead" }, leadOf(view)),
    facts(view),
    section("没有分派满的案例", textList(view.shortages), unfilledTable(view)),
    section("请注意", textList(view.notes, "texts problems")),
    section("疑似回避", textList(view.suspicion)),
    section("每名专家的评审量", loadCharts(view), element("p", { class: "drawn" }, drawn)),
    section("方案质量", textList(view.quality)),
  ];
  content.replaceChildren(...parts.filter((part) => part !== undefined));
  actions.replaceChildren(
    button("取消", closePage),
    button("确认分派", () => void apply(view.token), { class: "primary" }),
  );
  actions.hidden = false;
}

async function load(): Promise<void> {
  actions.hidden = true;
  content.replaceChildren(loading("正在计算分派方案，案例多时约需一分钟…"));
  try {
    show(await callServer("loadAssignmentPreview"));
  } catch (error) {
    content.replaceChildren(failed((error as Error).message, load));
  }
}

void load();
