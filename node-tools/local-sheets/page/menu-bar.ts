import type { MenuEntry } from "../local-google.ts";
import { byId, make } from "./dom.ts";
import { showPopup } from "./overlays.ts";

/** The script's menus. A file without a script, or one that may only be viewed, has none. */
export function showMenus(menus: readonly MenuEntry[], run: (functionName: string, label: string) => void): void {
  const bar = byId("menus");
  bar.replaceChildren();
  if (menus.length === 0) bar.append(make("span", { class: "no-menu", text: "这个文件没有菜单" }));
  for (const menu of menus) {
    const button = make("button", {
      class: "menu",
      text: menu.label,
      role: "menuitem",
      set: { type: "button" },
      attributes: { "aria-haspopup": "menu" },
      on: {
        click: () => {
          const list = make("div", {
            class: "options menu-list",
            role: "menu",
            attributes: { "aria-label": menu.label },
          });
          const close = showPopup(button.getBoundingClientRect(), list, () => button.classList.remove("open"));
          button.classList.add("open");
          fill(list, menu.items, (functionName, label) => {
            close();
            run(functionName, label);
          });
          list.querySelector("button")?.focus();
        },
      },
    });
    bar.append(button);
  }
}

function fill(
  list: HTMLElement,
  entries: readonly MenuEntry[],
  run: (functionName: string, label: string) => void,
): void {
  for (const { label, functionName, items } of entries) {
    if (label === "") list.append(make("hr"));
    else if (items.length > 0) {
      list.append(make("div", { class: "group", text: label }));
      fill(list, items, run);
    } else {
      list.append(
        make("button", {
          class: "option",
          text: label,
          role: "menuitem",
          set: { type: "button" },
          on: { click: () => run(functionName, label) },
        }),
      );
    }
  }
}
