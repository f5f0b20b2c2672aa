import "tabulator-tables/dist/css/tabulator_simple.css";
import "./page.css";
import { App } from "./app.ts";

new App().start().catch((error: Error) => {
  document.body.textContent = error.message;
});
