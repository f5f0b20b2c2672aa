import { type ComponentChild, h, render } from "preact";
import "../../dialogs/pages/theme.css";
import "./dialog.css";

/** Shows it as the whole of a dialog. @param title for those who hear it; Google draws its own */
export function mount(title: string, page: ComponentChild): void {
  document.title = title;
  const heading = h("h1", { class: "unseen" }, title);
  render([heading, page], document.body.appendChild(document.createElement("main")));
}
