/** 催交文字: a text for each unit and each expert, and a button that copies it. */
import type { ReminderView } from "../../views.ts";
import { button, byId, element } from "../common/dom.ts";
import { callServer } from "../common/server.ts";
import { empty, failed, loading } from "../common/states.ts";

/** Whether the text is in the clipboard now; a page inside another may not be let to write there. */
async function copy(text: HTMLTextAreaElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text.value);
    return true;
  } catch {
    text.select();
    return document.execCommand("copy");
  }
}

function item({ name, about, contact, text }: ReminderView): HTMLElement {
  const box = element("textarea", { "aria-label": `给${name}的话` });
  box.readOnly = true;
  box.rows = 7;
  box.value = text;
  const copying = button("复制", () => {
    void copy(box).then((done) => {
      copying.textContent = done ? "已复制" : "请按 Ctrl+C";
    });
  });
  return element(
    "details",
    { class: "reminder" },
    element("summary", {}, element("span", { class: "name" }, name, element("small", {}, about))),
    contact === "" ? undefined : element("p", { class: "soft" }, `联系：${contact}`),
    box,
    element("div", { class: "copy" }, copying),
  );
}

function group(title: string, reminders: readonly ReminderView[]): HTMLElement[] {
  return reminders.length === 0 ? [] : [element("h3", {}, `${title}（${reminders.length}）`), ...reminders.map(item)];
}

/** Lists whom to remind; both workbooks are read for it, so that it is done on demand only. */
export async function showReminders(): Promise<void> {
  const texts = byId("texts");
  const asking = byId<HTMLButtonElement>("remind");
  asking.disabled = true;
  texts.replaceChildren(loading("正在看谁还没有交…"));
  try {
    const { units, experts } = await callServer("loadReminders");
    const listed = [...group("专家", experts), ...group("单位", units)];
    texts.replaceChildren(
      ...(listed.length > 0 ? listed : [empty("没有要催交的", "单位已报齐，评分已交齐。", "good")]),
    );
    asking.textContent = "刷新";
  } catch (error) {
    texts.replaceChildren(failed((error as Error).message, () => void showReminders()));
  } finally {
    asking.disabled = false;
  }
}
