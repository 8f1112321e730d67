/** Parameters of a network: a nested tree of tensors, walked in one fixed order. */
import * as tf from '@tensorflow/tfjs-core';

/** Named tensors, nested as the blocks are: `{ encoder: { conv1: { kernel, bias } } }`. Names hold no '/'. */
export type ParamTree = { readonly [name: string]: tf.Tensor | ParamTree };

/** A leaf with its path from the root, such as `encoder/conv1/kernel`. */
export type NamedLeaf = readonly [path: string, tensor: tf.Tensor];

/** All leaves, names sorted by code unit at each level: the order does not depend on how the tree was built. */
export function namedLeaves(tree: ParamTree, prefix = ''): NamedLeaf[] {
  return sortedNames(tree).flatMap((name): NamedLeaf[] => {
    const node = tree[name];
    return isTensor(node) ? [[prefix + name, node]] : namedLeaves(node, `${prefix}${name}/`);
  });
}

/** A tree of the same form with `change(tensor, path)` in place of each leaf, called in leaf order. */
export function mapTree(tree: ParamTree, change: (tensor: tf.Tensor, path: string) => tf.Tensor): ParamTree {
  return rebuilt(
    tree,
    namedLeaves(tree).map(([path, tensor]) => change(tensor, path)),
  );
}

/** A tree of the form of `tree` whose leaves are `tensors`, given in leaf order. Throws RangeError on another number of tensors. */
export function rebuilt(tree: ParamTree, tensors: readonly tf.Tensor[]): ParamTree {
  const leaves = namedLeaves(tree);
  if (leaves.length !== tensors.length) {
    throw new RangeError(`the tree has ${leaves.length} leaves, got ${tensors.length} tensors`);
  }
  return treeFromLeaves(leaves.map(([path], index) => [path, tensors[index]] as const));
}

/** The tree whose leaves have these paths. Throws RangeError where a path is used twice, or is both a leaf and a branch. */
export function treeFromLeaves(leaves: Iterable<NamedLeaf>): ParamTree {
  const root: MutableTree = {};
  for (const [path, tensor] of leaves) {
    const names = path.split('/');
    const last = names.pop()!;
    let branch = root;
    for (const name of names) {
      branch[name] ??= {};
      const child = branch[name];
      if (isTensor(child)) throw new RangeError(`parameter ${path} lies below another parameter, ${name}`);
      branch = child as MutableTree;
    }
    if (last in branch) throw new RangeError(`parameter ${path} is given twice`);
    branch[last] = tensor;
  }
  return root;
}

/** Number of values in all leaves. */
export function parameterCount(tree: ParamTree): number {
  return namedLeaves(tree).reduce((sum, [, tensor]) => sum + tensor.size, 0);
}

/** A tree of clones: each leaf shares its values with the original and is disposed on its own. */
export const cloneTree = (tree: ParamTree): ParamTree => mapTree(tree, (tensor) => tensor.clone());

export function disposeTree(tree: ParamTree): void {
  for (const [, tensor] of namedLeaves(tree)) tensor.dispose();
}

interface MutableTree {
  [name: string]: tf.Tensor | ParamTree;
}

const isTensor = (node: tf.Tensor | ParamTree): node is tf.Tensor => node instanceof tf.Tensor;

const sortedNames = (tree: ParamTree) => Object.keys(tree).sort((a, b) => (a < b ? -1 : 1));
