/** The part of Tabulator that the page uses; the package has no types of its own. */
declare module "tabulator-tables" {
  export interface RowComponent {
    getElement(): HTMLElement;
    getData(): { readonly row: number };
    getPosition(): number | false;
  }
  export interface CellComponent {
    getElement(): HTMLElement;
    getRow(): RowComponent;
  }
  export interface ColumnComponent {
    getElement(): HTMLElement;
    getField(): string;
    getWidth(): number;
  }
  export interface ColumnDefinition {
    title: string;
    field: string;
    width?: number;
    minWidth?: number;
    frozen?: boolean;
    visible?: boolean;
    resizable?: boolean | "header";
    cssClass?: string;
    formatter?: (cell: CellComponent) => string | HTMLElement;
  }
  export interface Options {
    data: readonly { readonly row: number }[];
    columns: readonly ColumnDefinition[];
    columnDefaults?: Partial<ColumnDefinition> & { headerSort?: boolean };
    index: string;
    height: string;
    layout?: string;
    frozenRows?: number;
    renderVerticalBuffer?: number;
    rowFormatter?: (row: RowComponent) => void;
    placeholder?: string;
  }
  export class TabulatorFull {
    constructor(element: HTMLElement, options: Options);
    on(event: "tableBuilt", listener: () => void): void;
    on(event: "columnResized", listener: (column: ColumnComponent) => void): void;
    destroy(): void;
    redraw(force?: boolean): void;
    scrollToRow(row: number, position: "top" | "center" | "bottom" | "nearest", ifVisible: boolean): Promise<void>;
  }
}
declare module "*.css";
