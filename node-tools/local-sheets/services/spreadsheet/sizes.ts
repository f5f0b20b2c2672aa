/** A character of a column's width in a file is 7 pixels, and every column has 5 for its margins. */
const pixelsPerCharacter = 7;
const marginPixels = 5;
const pixelsPerPoint = 96 / 72;

const round = (value: number): number => Math.round(value * 100) / 100;

export const pixelsOfWidth = (characters: number): number => Math.round(characters * pixelsPerCharacter + marginPixels);
export const widthOfPixels = (pixels: number): number => round(Math.max(0, pixels - marginPixels) / pixelsPerCharacter);
export const pixelsOfHeight = (points: number): number => Math.round(points * pixelsPerPoint);
export const heightOfPixels = (pixels: number): number => round(pixels / pixelsPerPoint);
