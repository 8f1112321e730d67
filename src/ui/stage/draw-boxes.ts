/** Boxes and their words on a canvas over the picture. */
import type { LabelledBox } from './labelled-boxes';

const QUIET = 'rgb(255 255 255 / 75%)';
const UNUSUAL = '#ffb454';
const SHADE = 'rgb(12 14 16 / 30%)';
const LABEL_BACKGROUND = 'rgb(12 14 16 / 88%)';
const PADDING = 7;
const LINE = 17;

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

function drawLabel(
  context: CanvasRenderingContext2D,
  place: Rectangle,
  name: string,
  lines: string[],
  fonts: string[],
) {
  context.beginPath();
  context.roundRect(place.x, place.y, place.width, place.height, 6);
  context.fillStyle = LABEL_BACKGROUND;
  context.fill();
  context.textBaseline = 'middle';
  [name, ...lines].forEach((line, index) => {
    context.font = fonts[Math.min(index, 1)];
    context.fillStyle = index === 0 ? UNUSUAL : '#fff';
    context.fillText(line, place.x + PADDING, place.y + PADDING + LINE * (index + 0.5));
  });
}

/**
 * Draws boxes given in frame pixels, `scale` CSS pixels each, onto a canvas of `area` CSS pixels
 * (the context is already scaled to device pixels).
 */
export function drawBoxes(context: CanvasRenderingContext2D, boxes: LabelledBox[], scale: number, area: Rectangle) {
  context.clearRect(0, 0, area.width, area.height);
  const family = getComputedStyle(context.canvas).fontFamily;
  const fonts = [`600 13px ${family}`, `13px ${family}`];
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
  const taken: Rectangle[] = [];
  for (const { rectangle, label } of placed.reverse()) {
    if (!label) continue;
    context.font = fonts[1];
    const lines = wrapped(context, label.reason, Math.min(260, area.width - 24), 2);
    const widest = Math.max(...[label.name, ...lines].map((line) => context.measureText(line).width));
    const size = { width: widest + 2 * PADDING + 4, height: LINE * (lines.length + 1) + 2 * PADDING };
    const place = placeLabel(rectangle, size, area, taken);
    if (!place) continue;
    drawLabel(context, place, label.name, lines, fonts);
    taken.push(place);
  }
}
