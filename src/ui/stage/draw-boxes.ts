/** Boxes and their words on a canvas over the picture. */
import type { LabelledBox } from './labelled-boxes';

const QUIET = 'rgb(255 255 255 / 75%)';
const UNUSUAL = '#ffb454';
const SHADE = 'rgb(12 14 16 / 30%)';
const LABEL_BACKGROUND = 'rgb(12 14 16 / 88%)';
/** In rem, like all type: labels grow with the page on large screens. */
const PADDING_REM = 0.4375;
const LINE_REM = 1.0625;
const FONT_REM = 0.8125;
const WIDEST_REM = 17;
/** On pictures narrower than this a reason gets one line, on others two. */
const SMALL_PICTURE_REM = 32;

interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

function strokeBox(context: CanvasRenderingContext2D, { x, y, width, height }: Rectangle, unusual: boolean) {
  context.beginPath();
  context.roundRect(x, y, width, height, Math.min(6, width / 4, height / 4));
  context.strokeStyle = SHADE; // a dark rim keeps the line visible on bright pictures
  context.lineWidth = unusual ? 5 : 2.5;
  context.stroke();
  context.strokeStyle = unusual ? UNUSUAL : QUIET;
  context.lineWidth = unusual ? 2.5 : 1;
  context.stroke();
}

/** The text broken into at most `most` lines of `width` pixels; the last one ends in an ellipsis where words are left. */
function wrapped(context: CanvasRenderingContext2D, text: string, width: number, most: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line ? `${line} ${word}` : word;
    if (!line || context.measureText(longer).width <= width) line = longer;
    else if (lines.length === most - 1) return [...lines, `${line} …`];
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

const overlap = (a: Rectangle, b: Rectangle) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** A free place above or below the box, inside the picture; null where other words already stand. */
function placeLabel(box: Rectangle, size: { width: number; height: number }, area: Rectangle, taken: Rectangle[]) {
  const x = Math.min(Math.max(box.x, 4), area.width - size.width - 4);
  const above = Math.max(4, box.y - size.height - 6);
  const below = Math.min(box.y + box.height + 6, area.height - size.height - 4);
  const places = (box.y >= size.height + 10 ? [above, below] : [below, above]).map((y) => ({ x, y, ...size }));
  return places.find((place) => !taken.some((other) => overlap(place, other))) ?? null;
}

/** The type of labels in CSS pixels, for the canvas's present font and size of type. */
export interface LabelType {
  rem: number;
  nameFont: string;
  textFont: string;
}

/** Reads the styles: call it when sizes change, not per frame. */
export function labelType(canvas: HTMLCanvasElement): LabelType {
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  const font = `${FONT_REM * rem}px ${getComputedStyle(canvas).fontFamily}`;
  return { rem, nameFont: `600 ${font}`, textFont: font };
}

function drawLabel(context: CanvasRenderingContext2D, place: Rectangle, lines: string[], type: LabelType) {
  context.beginPath();
  context.roundRect(place.x, place.y, place.width, place.height, 6);
  context.fillStyle = LABEL_BACKGROUND;
  context.fill();
  context.textBaseline = 'middle';
  lines.forEach((line, index) => {
    context.font = index === 0 ? type.nameFont : type.textFont;
    context.fillStyle = index === 0 ? UNUSUAL : '#fff';
    context.fillText(
      line,
      place.x + PADDING_REM * type.rem,
      place.y + (PADDING_REM + LINE_REM * (index + 0.5)) * type.rem,
    );
  });
}

/** Draws the words of the boxes, the most unusual (last) first; words that would cover others are left out. */
function drawLabels(
  context: CanvasRenderingContext2D,
  boxes: { rectangle: Rectangle; label: LabelledBox['label'] }[],
  area: Rectangle,
  type: LabelType,
) {
  const taken: Rectangle[] = [];
  const widest = Math.min(WIDEST_REM * type.rem, area.width - 1.5 * type.rem);
  const most = area.width < SMALL_PICTURE_REM * type.rem ? 1 : 2;
  for (const { rectangle, label } of boxes.toReversed()) {
    if (!label) continue;
    context.font = type.textFont;
    const lines = [label.name, ...wrapped(context, label.reason, widest, most)];
    const width =
      Math.max(...lines.map((line) => context.measureText(line).width)) + (2 * PADDING_REM + 0.25) * type.rem; // the bold name is a little wider than measured
    const height = (LINE_REM * lines.length + 2 * PADDING_REM) * type.rem;
    const place = placeLabel(rectangle, { width, height }, area, taken);
    if (!place) continue;
    drawLabel(context, place, lines, type);
    taken.push(place);
  }
}

/**
 * Draws boxes given in frame pixels, `scale` CSS pixels each, onto a canvas of `area` CSS pixels
 * (the context is already scaled to device pixels).
 */
export function drawBoxes(
  context: CanvasRenderingContext2D,
  boxes: LabelledBox[],
  scale: number,
  area: Rectangle,
  type: LabelType,
) {
  context.clearRect(0, 0, area.width, area.height);
  const placed = boxes.map(({ box, unusual, label }) => {
    const rectangle = {
      x: box.x0 * scale,
      y: box.y0 * scale,
      width: (box.x1 - box.x0) * scale,
      height: (box.y1 - box.y0) * scale,
    };
    strokeBox(context, rectangle, unusual);
    return { rectangle, label };
  });
  drawLabels(context, placed, area, type);
}
