import type { AlertButtons, Button, MenuEntry, ShownPage, Surroundings } from "../local-google.ts";
import type { Execution } from "../runtime/execution.ts";
import { defineEnumeration, type EnumConstant } from "./enumeration.ts";
import { ownFake, refuseUnsupported, standInFor } from "./unsupported.ts";

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
    return standInFor<GoogleAppsScript.Base.Menu>(this);
  }

  addSeparator(): GoogleAppsScript.Base.Menu {
    this.entry.items.push({ label: "", functionName: "", items: [] });
    return standInFor<GoogleAppsScript.Base.Menu>(this);
  }

  addSubMenu(menu: GoogleAppsScript.Base.Menu): GoogleAppsScript.Base.Menu {
    this.entry.items.push(ownFake(FakeMenu, menu).entry);
    return standInFor<GoogleAppsScript.Base.Menu>(this);
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
  const [first = "", second] = texts;
  return second === undefined ? { title: "", message: first, buttons } : { title: first, message: second, buttons };
}

/** Where nobody answers, a notice is read and a question closed. */
const unanswered = (buttons: AlertButtons): Button => (buttons === "OK" ? "OK" : "CLOSE");

/**
 * @param addMenu gets each menu that is added to the page
 * @param suspend is told that the script waits for an answer
 */
export function createUi(
  execution: Execution,
  surroundings: () => Surroundings,
  addMenu: (entry: MenuEntry) => void,
  suspend: () => void,
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
      return refuseUnsupported<GoogleAppsScript.Base.Menu>("Menu", new FakeMenu(caption, addMenu));
    },
    alert(...args: unknown[]) {
      execution.call("Ui.alert");
      suspend();
      const { title, message, buttons } = readQuestion(args);
      return Buttons[surroundings().alert?.(title, message, buttons) ?? unanswered(buttons)];
    },
    prompt(...args: unknown[]) {
      execution.call("Ui.prompt");
      suspend();
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
  // A constant is an object here and the number of an enum in the published types.
  return refuseUnsupported("Ui", ui as object) as GoogleAppsScript.Base.Ui;
}
