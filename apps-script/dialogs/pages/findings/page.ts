import { severityLabels } from "../../../core/schema/choices.ts";
import type { FindingsView, FindingView } from "../../views.ts";
import { button, byId, element } from "../common/dom.ts";
import { grouped } from "../common/numbers.ts";
import { callServer } from "../common/server.ts";
import { empty, failed, loading, notice } from "../common/states.ts";
import {
  type FindingGroup,
  type GroupOrder,
  groupFindings,
  makeSearch,
  type Severity,
  severities,
} from "./group-findings.ts";

/** Findings put into the page at once; more come on demand. */
const portion = 100;
/** So few are shown opened. */
const opensUpTo = 12;

const content = byId("content");
const told = byId("told");
const filters = byId<HTMLFormElement>("filters");
const search = byId<HTMLInputElement>("search");
const unitChoice = byId<HTMLSelectElement>("unit");
const noUnit = "未写明单位";

let view: FindingsView | undefined;
let find: ReturnType<typeof makeSearch> | undefined;
let chosenSeverities = new Set<Severity>(severities);
let order: GroupOrder = "unit";
let current: HTMLElement | undefined;

function placeOf(finding: FindingView): string {
  if (finding.row === 0) return finding.sheet === "" ? "" : `“${finding.sheet}”表`;
  return `${finding.sheet} 第 ${finding.row} 行${finding.columnLabel === "" ? "" : ` · ${finding.columnLabel}`}`;
}

function goTo(finding: FindingView, item: HTMLElement): void {
  current?.removeAttribute("aria-current");
  current = item;
  item.setAttribute("aria-current", "true");
  told.replaceChildren();
  callServer("goToCell", finding.sheet, finding.row, Math.max(1, finding.column)).catch((error: Error) =>
    told.replaceChildren(notice(error.message, "bad")),
  );
}

function findingItem(finding: FindingView): HTMLElement {
  const inside = [
    element(
      "span",
      { class: "place" },
      element("span", {}, `${severityLabels[finding.severity]} · ${placeOf(finding)}`.replace(/ · $/, "")),
      finding.id === "" ? undefined : element("span", {}, finding.id),
    ),
    element("span", { class: "message" }, finding.message),
    element("span", { class: "article" }, `依据：${finding.article}　规则：${finding.code}`),
  ];
  if (finding.sheet === "") return element("div", { class: `finding ${finding.severity}` }, ...inside);
  const item = element("button", { type: "button", class: `finding ${finding.severity}` }, ...inside);
  item.title = finding.row === 0 ? "点击转到这张表" : "点击转到这个单元格";
  item.addEventListener("click", () => goTo(finding, item));
  return item;
}

function fillPortion(box: HTMLElement, findings: readonly FindingView[], from: number): void {
  box.append(...findings.slice(from, from + portion).map(findingItem));
  const next = from + portion;
  if (next >= findings.length) return;
  const more = button(
    `再显示 ${Math.min(portion, findings.length - next)} 项（还有 ${grouped(findings.length - next)} 项）`,
    () => {
      more.remove();
      fillPortion(box, findings, next);
      (box.children[next] as HTMLElement | undefined)?.focus();
    },
    { class: "more" },
  );
  box.append(more);
}

function badges(counts: FindingGroup["counts"]): HTMLElement {
  const present = severities.filter((severity) => counts[severity] > 0);
  return element(
    "span",
    { class: "badges" },
    ...present.map((severity) =>
      element(
        "span",
        { class: `badge ${severity}`, title: severityLabels[severity] },
        element("span", { class: "unseen" }, severityLabels[severity]),
        grouped(counts[severity]),
      ),
    ),
  );
}

function nameOf(group: FindingGroup, by: GroupOrder): HTMLElement {
  if (by === "unit") return element("span", { class: "name" }, group.key || noUnit);
  const rule = view?.rules[group.key];
  if (!rule) return element("span", { class: "name rule" }, group.key);
  return element("span", { class: "name rule" }, rule.name);
}

/** A group whose contents are made when it is first opened. */
function groupElement(group: FindingGroup, by: GroupOrder, inner: GroupOrder | undefined, open: boolean): HTMLElement {
  const box = element("div", { class: "inner" });
  const details = element("details", {}, element("summary", {}, nameOf(group, by), badges(group.counts)), box);
  const fill = () => {
    if (box.hasChildNodes()) return;
    const rule = by === "rule" ? view?.rules[group.key] : undefined;
    if (rule) box.append(element("p", { class: "remedy" }, rule.finds, element("br", {}), `怎么办：${rule.remedy}`));
    const innerGroups = inner === undefined ? [] : groupFindings(group.findings, inner);
    if (inner === undefined) {
      const list = element("div", {});
      fillPortion(list, group.findings, 0);
      box.append(list);
    } else {
      for (const each of innerGroups)
        box.append(groupElement(each, inner, undefined, open || innerGroups.length === 1));
    }
  };
  details.addEventListener("toggle", () => details.open && fill());
  if (open) {
    details.open = true;
    fill();
  }
  return details;
}

function render(): void {
  if (!view || !find) return;
  const unit = unitChoice.value === "all" ? undefined : unitChoice.value.slice(1);
  const found = find({ severities: chosenSeverities, unit, text: search.value });
  const oneUnit = unit !== undefined || new Set(found.map((f) => f.nominator)).size === 1;
  const outer: GroupOrder = oneUnit ? "rule" : order;
  const inner: GroupOrder | undefined = oneUnit ? undefined : order === "unit" ? "rule" : "unit";
  byId("order").hidden = unit !== undefined || new Set(view.findings.map((f) => f.nominator)).size <= 1;
  byId("shown").textContent =
    found.length === view.findings.length
      ? `共 ${grouped(found.length)} 项`
      : `${grouped(found.length)} / ${grouped(view.findings.length)} 项`;
  const groups = groupFindings(found, outer);
  current = undefined;
  content.replaceChildren(
    ...groups.map((group) => groupElement(group, outer, inner, found.length <= opensUpTo || groups.length === 1)),
  );
  if (found.length === 0) content.replaceChildren(empty("没有符合条件的问题", "换一个词，或放宽上面的筛选条件。"));
  else if (view.left > 0)
    content.append(notice(`另有 ${grouped(view.left)} 项没有列出；改正一批后再检查一次。`, "plain"));
}

function severityChips(counts: FindingsView["counts"]): HTMLElement[] {
  return severities.map((severity) => {
    const chip = element(
      "button",
      { type: "button", class: severity, "aria-pressed": String(chosenSeverities.has(severity)) },
      element("b", {}, grouped(counts[severity])),
      severityLabels[severity],
    );
    chip.addEventListener("click", () => {
      if (!chosenSeverities.delete(severity)) chosenSeverities.add(severity);
      chip.setAttribute("aria-pressed", String(chosenSeverities.has(severity)));
      render();
    });
    return chip;
  });
}

function orderButtons(): HTMLElement[] {
  const labels: readonly (readonly [GroupOrder, string])[] = [
    ["unit", "按单位"],
    ["rule", "按问题"],
  ];
  const buttons = labels.map(([value, label]) =>
    button(
      label,
      () => {
        order = value;
        for (const [i, each] of buttons.entries()) each.setAttribute("aria-pressed", String(labels[i]?.[0] === order));
        render();
      },
      { "aria-pressed": String(value === order) },
    ),
  );
  return buttons;
}

/** Values of the choice are marked, for "" is a unit of its own. */
function fillUnits({ findings, unit }: FindingsView): void {
  const kept = unitChoice.value;
  const units = [...new Set(findings.map((finding) => finding.nominator))].sort();
  const option = (value: string, label: string) => element("option", { value }, label);
  unitChoice.replaceChildren(
    option("all", unit === "" ? `全部单位（${units.length} 个）` : unit),
    ...units.map((name) => option(`=${name}`, name || noUnit)),
  );
  unitChoice.value = [...unitChoice.options].some(({ value }) => value === kept) ? kept : "all";
  byId("unit-label").hidden = units.length <= 1;
}

function show(loaded: FindingsView): void {
  view = loaded;
  find = makeSearch(loaded);
  const { counts, unit, checkedAt } = loaded;
  byId("about").textContent =
    `${unit === "" ? "全部单位" : unit}${checkedAt === "" ? "" : ` · ${checkedAt.slice(0, 16)} 检查`}`;
  filters.hidden = loaded.findings.length === 0;
  if (loaded.findings.length === 0) {
    const none =
      checkedAt === ""
        ? empty("还没有检查结果", "请点菜单“评案簿 → 检查全部”。")
        : empty("没有发现问题", "改动表格之后，请再检查一次。", "good");
    content.replaceChildren(none);
    return;
  }
  const offered = severities.filter((severity) => counts[severity] > 0);
  if (!offered.some((severity) => chosenSeverities.has(severity))) chosenSeverities = new Set(severities);
  byId("severities").replaceChildren(...severityChips(counts));
  byId("order").replaceChildren(...orderButtons());
  fillUnits(loaded);
  render();
}

async function load(): Promise<void> {
  const reload = byId<HTMLButtonElement>("reload");
  reload.disabled = true;
  filters.hidden = true;
  told.replaceChildren();
  content.replaceChildren(loading("正在读取检查结果…"));
  try {
    show(await callServer("loadFindings"));
  } catch (error) {
    content.replaceChildren(failed((error as Error).message, load));
  } finally {
    reload.disabled = false;
  }
}

filters.addEventListener("submit", (event) => event.preventDefault());
search.addEventListener("input", render);
unitChoice.addEventListener("change", render);
byId("reload").addEventListener("click", () => void load());
void load();
