/** Labelled clips of fights: a folder `fight` and a folder `normal`, a clip per file. */
import { basename, join } from 'node:path';
import { listFootage } from './dataset';

export interface FightClip {
  /** `fight/NAME` or `normal/NAME`. */
  name: string;
  path: string;
  /** 1 = fight. */
  label: 0 | 1;
}

const KINDS = [
  ['normal', 0],
  ['fight', 1],
] as const;

/** All clips, normal ones first, in natural order. Throws with what is missing where a folder or its clips are not there. */
export async function fightClips(folder: string): Promise<FightClip[]> {
  const clips: FightClip[] = [];
  for (const [kind, label] of KINDS) {
    const inside = join(folder, kind);
    const paths = await listFootage(inside).catch(() => {
      throw new Error(
        `${inside} is missing; --data must be a folder with two folders of clips, fight (with a fight) and normal (without).`,
      );
    });
    if (!paths.length) throw new Error(`${inside} holds no videos; put clips there, a file each.`);
    clips.push(...paths.map((path) => ({ name: `${kind}/${basename(path)}`, path, label })));
  }
  return clips;
}
