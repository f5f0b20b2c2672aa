import { type ComponentChild, render } from "preact";
import "../../dialogs/pages/theme.css";
import "./dialog.css";

/** Shows it as the whole of a dialog. */
export function mount(page: ComponentChild): void {
  render(page, document.body.appendChild(document.createElement("main")));
}
