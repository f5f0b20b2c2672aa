import type { AlertButtons, Button, MenuEntry, ShownPage, Surroundings } from "../local-google.ts";
import type { Execution } from "../runtime/execution.ts";
import { defineEnumeration, type EnumConstant } from "./enumeration.ts";
import { refuseUnsupported } from "./unsupported.ts";

const Buttons = defineEnumeration("CLOSE", "OK", "CANCEL", "YES", "NO");
const ButtonSets = defineEnumeration("OK", "OK_CANCEL", "YES_NO", "YES_NO_CANCEL");

class FakeMenu implements Pick<GoogleAppsScript.Base.Menu, "addItem" | "addSeparator" | "addSubMenu" | "addToUi"> {
  readonly entry: { label: string; functionName: string; items: MenuEntry[] };
  private readonly add: (entry: MenuEntry) => void;

  constructor(caption: string, add: (entry: MenuEntry) => void) {
    this.entry = { label: caption, functionName: "", items: [] };
    this.add = add;
  }

  addItem(caption: string, functionName: string): GoogleAppsScript.Base.Menu {
    this.entry.items.push({ label: caption, functionName, items: [] });
    return this as unknown as GoogleAppsScript.Base.Menu;
  }

  addSeparator(): GoogleAppsScript.Base.Menu {
    this.entry.items.push({ label: "", functionName: "", items: [] });
    return this as unknown as GoogleAppsScript.Base.Menu;
  }

  addSubMenu(menu: GoogleAppsScript.Base.Menu): GoogleAppsScript.Base.Menu {
    this.entry.items.push((menu as unknown as FakeMenu).entry);
    return this as unknown as GoogleAppsScript.Base.Menu;
  }

  addToUi(): void {
    this.add(this.entry);
  }
}

interface Question {
  readonly title: string;
  readonly message: string;
  readonly buttons: AlertButtons;
}

/** `(message)`, `(message, buttons)` or `(title, message, buttons)`. */
function readQuestion(args: readonly unknown[]): Question {
  const last = args.at(-1);
  const buttons = typeof last === "object" && last !== null ? (last as EnumConstant<AlertButtons>).name() : "OK";
  const texts = (typeof last === "object" ? args.slice(0, -1) : args).map(String);
  return texts.length > 1
    ? { title: texts[0]!, message: texts[1]!, buttons }
    : { title: "", message: texts[0] ?? "", buttons };
}

/** Where nobody answers, a notice is read and a question closed. */
const unanswered = (buttons: AlertButtons): Button => (buttons === "OK" ? "OK" : "CLOSE");

/** @param addMenu gets each menu that is added to the page */
export function createUi(
  execution: Execution,
  surroundings: () => Surroundings,
  addMenu: (entry: MenuEntry) => void,
): GoogleAppsScript.Base.Ui {
  const show = (kind: ShownPage["kind"], page: GoogleAppsScript.HTML.HtmlOutput, title: string): void => {
    const width = page.getWidth() as number | null;
    const height = page.getHeight() as number | null;
    surroundings().show?.({
      kind,
      title,
      html: page.getContent(),
      ...(width === null ? {} : { width }),
      ...(height === null ? {} : { height }),
    });
  };
  const ui = {
    Button: Buttons,
    ButtonSet: ButtonSets,
    createMenu(caption: string) {
      execution.call("Ui.createMenu");
      return refuseUnsupported("Menu", new FakeMenu(caption, addMenu));
    },
    alert(...args: unknown[]) {
      execution.call("Ui.alert");
      const { title, message, buttons } = readQuestion(args);
      return Buttons[surroundings().alert?.(title, message, buttons) ?? unanswered(buttons)];
    },
    prompt(...args: unknown[]) {
      execution.call("Ui.prompt");
      const { title, message, buttons } = readQuestion(args);
      const answer = surroundings().prompt?.(title, message, buttons) ?? { button: "CLOSE" as const, text: "" };
      return refuseUnsupported("PromptResponse", {
        getSelectedButton: () => Buttons[answer.button],
        getResponseText: () => answer.text,
      });
    },
    showModalDialog(page: GoogleAppsScript.HTML.HtmlOutput, title: string) {
      execution.call("Ui.showModalDialog");
      show("modal", page, title);
    },
    showModelessDialog(page: GoogleAppsScript.HTML.HtmlOutput, title: string) {
      execution.call("Ui.showModelessDialog");
      show("modeless", page, title);
    },
    showSidebar(page: GoogleAppsScript.HTML.HtmlOutput) {
      execution.call("Ui.showSidebar");
      show("sidebar", page, page.getTitle());
    },
  };
  return refuseUnsupported("Ui", ui) as unknown as GoogleAppsScript.Base.Ui;
}
