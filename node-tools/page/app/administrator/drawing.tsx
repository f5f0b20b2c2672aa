/** Drawings as data: the same shapes make the picture in the page, the .svg and the .png. */

export type Shape =
  | ({
      readonly kind: "box";
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
    } & Inked)
  | ({
      readonly kind: "dot";
      readonly x: number;
      readonly y: number;
      readonly radius: number;
      readonly hollow?: boolean;
    } & Inked)
  | ({
      readonly kind: "line";
      readonly from: readonly [x: number, y: number];
      readonly to: readonly [x: number, y: number];
      readonly width?: number;
      readonly dashed?: boolean;
    } & Inked)
  | ({
      readonly kind: "text";
      readonly x: number;
      /** Of the line that letters stand on. */
      readonly y: number;
      readonly text: string;
      /** Which end of the text stands at `x`. */
      readonly anchor?: "start" | "middle" | "end";
      readonly size?: number;
      readonly bold?: boolean;
    } & Inked);

interface Inked {
  readonly ink: string;
}

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
}

const textSize = 13;
const family = '"Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif';
const ground = "#ffffff";
const dashes = "5 4";

/** The picture in the page. @param label what it shows, for those who do not see it */
export function Picture({ drawing, label }: { readonly drawing: Drawing; readonly label: string }) {
  const { width, height, shapes } = drawing;
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role="img"
      aria-label={label}
      font-family={family}
    >
      <rect width={width} height={height} fill={ground} />
      {shapes.map((shape, i) => (
        <Part key={String(i)} shape={shape} />
      ))}
    </svg>
  );
}

function Part({ shape }: { readonly shape: Shape }) {
  switch (shape.kind) {
    case "box":
      return <rect x={shape.x} y={shape.y} width={shape.width} height={shape.height} fill={shape.ink} />;
    case "dot":
      return (
        <circle
          cx={shape.x}
          cy={shape.y}
          r={shape.radius}
          fill={shape.hollow ? ground : shape.ink}
          stroke={shape.ink}
          stroke-width={1.5}
        />
      );
    case "line":
      return (
        <line
          x1={shape.from[0]}
          y1={shape.from[1]}
          x2={shape.to[0]}
          y2={shape.to[1]}
          stroke={shape.ink}
          stroke-width={shape.width ?? 1}
          stroke-dasharray={shape.dashed ? dashes : undefined}
        />
      );
    case "text":
      return (
        <text
          x={shape.x}
          y={shape.y}
          fill={shape.ink}
          text-anchor={shape.anchor ?? "start"}
          font-size={shape.size ?? textSize}
          font-weight={shape.bold ? 600 : undefined}
        >
          {shape.text}
        </text>
      );
  }
}

function paint(context: CanvasRenderingContext2D, shape: Shape): void {
  context.fillStyle = shape.ink;
  context.strokeStyle = shape.ink;
  switch (shape.kind) {
    case "box":
      context.fillRect(shape.x, shape.y, shape.width, shape.height);
      return;
    case "dot":
      context.beginPath();
      context.arc(shape.x, shape.y, shape.radius, 0, 2 * Math.PI);
      context.lineWidth = 1.5;
      if (shape.hollow) context.fillStyle = ground;
      context.fill();
      context.stroke();
      return;
    case "line":
      context.beginPath();
      context.lineWidth = shape.width ?? 1;
      context.setLineDash(shape.dashed ? dashes.split(" ").map(Number) : []);
      context.moveTo(...shape.from);
      context.lineTo(...shape.to);
      context.stroke();
      return;
    case "text": {
      context.font = `${shape.bold ? "600 " : ""}${shape.size ?? textSize}px ${family}`;
      context.textAlign = shape.anchor === "middle" ? "center" : (shape.anchor ?? "start");
      context.fillText(shape.text, shape.x, shape.y);
      return;
    }
  }
}

/** Twice as fine as on the screen, so that it can be printed. */
const fineness = 2;

/** @throws Error where the browser cannot make a picture of this size */
export async function makePng({ width, height, shapes }: Drawing): Promise<Uint8Array<ArrayBuffer>> {
  const canvas = document.createElement("canvas");
  canvas.width = width * fineness;
  canvas.height = height * fineness;
  const context = canvas.getContext("2d");
  if (context) {
    context.scale(fineness, fineness);
    context.fillStyle = ground;
    context.fillRect(0, 0, width, height);
    for (const shape of shapes) paint(context, shape);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
    if (blob) return new Uint8Array(await blob.arrayBuffer());
  }
  throw new Error("这个浏览器没能生成图片，请改存为 .svg。");
}

/** @param picture as `Picture` has put it into the page */
export function makeSvg(picture: SVGSVGElement): Uint8Array<ArrayBuffer> {
  const text = `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(picture)}\n`;
  return new Uint8Array(new TextEncoder().encode(text));
}
