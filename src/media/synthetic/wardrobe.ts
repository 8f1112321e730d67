/** How people look: build, skin, hair, clothes and what they carry, drawn by a seed. */
import { linear, mixed, type Rgb } from './colour';
import { randomStream } from './hash';

export interface Look {
  /** Body height, metres. */
  height: number;
  /** Girth, 1 is average. */
  girth: number;
  skin: Rgb;
  hair: Rgb;
  longHair: boolean;
  hat: Rgb | null;
  top: Rgb;
  sleeves: 'long' | 'short';
  bottom: Rgb;
  cut: 'trousers' | 'shorts' | 'skirt' | 'coat';
  shoes: Rgb;
  carries: 'nothing' | 'backpack' | 'shoulder bag';
  bag: Rgb;
}

const SKINS = ['#f0cdb0', '#e2b08c', '#c98d66', '#9a6a47', '#6b4630'].map(linear);
const HAIRS = ['#2a1f1a', '#4a3222', '#7a5532', '#b08a52', '#8d8a86', '#1b1a1c'].map(linear);
const TOPS = [
  '#b23a3a',
  '#2f5d8c',
  '#e8e2d6',
  '#3d6b4f',
  '#d6a23c',
  '#27303b',
  '#7c4f7d',
  '#c9c4bb',
  '#4a8f9c',
  '#d9805f',
  '#8c96a3',
  '#f3efe6',
].map(linear);
const BOTTOMS = ['#27344d', '#1f2126', '#5a5148', '#8d7a5f', '#3b4a5e', '#403a3a', '#b8ab95'].map(linear);
const BAGS = ['#2b2f38', '#7a4a2b', '#34506b', '#8e2f35', '#5b6a3b'].map(linear);
const SHOES = ['#1e1a18', '#e6e2da', '#5b3a26', '#3a3f4a'].map(linear);

/** Someone of the street, fixed by a seed. */
export function everydayLook(seed: number): Look {
  const random = randomStream(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)];
  const bottom = pick(BOTTOMS);
  const chance = random();
  return {
    height: 1.58 + (random() + random() + random()) * 0.1,
    girth: 0.88 + random() * 0.3,
    skin: pick(SKINS),
    hair: pick(HAIRS),
    longHair: random() < 0.4,
    hat: random() < 0.12 ? pick(TOPS) : null,
    top: mixed(pick(TOPS), [0.3, 0.3, 0.3], random() * 0.25),
    sleeves: random() < 0.6 ? 'long' : 'short',
    bottom,
    cut: chance < 0.68 ? 'trousers' : chance < 0.76 ? 'shorts' : chance < 0.9 ? 'skirt' : 'coat',
    shoes: pick(SHOES),
    carries: carried(random()),
    bag: pick(BAGS),
  };
}

const carried = (chance: number): Look['carries'] =>
  chance < 0.18 ? 'backpack' : chance < 0.36 ? 'shoulder bag' : 'nothing';

/** A child of the same street. */
export const childLook = (seed: number): Look => {
  const look = everydayLook(seed);
  return {
    ...look,
    height: look.height * 0.7,
    girth: look.girth * 0.95,
    cut: look.cut === 'coat' ? 'trousers' : look.cut,
    carries: 'nothing',
    hat: null,
  };
};

/** Someone out for a run. */
export const runnerLook = (seed: number): Look => ({
  ...everydayLook(seed),
  height: 1.76,
  girth: 0.92,
  top: linear('#ff6a2b'),
  sleeves: 'short',
  bottom: linear('#16181d'),
  cut: 'shorts',
  shoes: linear('#e9f25a'),
  hat: null,
  carries: 'nothing',
});

/** The driver of the service cart, in a safety vest. */
export const driverLook = (seed: number): Look => ({
  ...everydayLook(seed),
  height: 1.72,
  top: linear('#e8a51e'),
  sleeves: 'short',
  bottom: linear('#2b3340'),
  cut: 'trousers',
  hat: linear('#2d3f66'),
  longHair: false,
  carries: 'nothing',
});
