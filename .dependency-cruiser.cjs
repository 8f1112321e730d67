/** The arrows of the house: imports point downward only, and each outside library has its rooms. See ARCHITECTURE.md. */

/** From the ground up; rooms on one floor do not know each other. */
const floors = [
  ['lib', 'offline'],
  ['nn', 'vision', 'metrics', 'datasets', 'alerts', 'media'],
  ['normality'],
  ['detectors'],
  ['engine'],
  ['storage'],
  ['worker'],
  ['state'],
  ['ui'],
];

/** Doors between rooms of one floor: whoever reads or draws frames may know what a frame is, alerts in what state the picture is. */
const doors = { datasets: ['media/frame'], vision: ['media/frame'], alerts: ['vision/view-state'] };

const folder = (names) => `^src/(${names.join('|')})(/|[.]|$)`;

const arrows = floors.flatMap((rooms, floor) =>
  rooms.map((room) => ({
    name: `arrow-${room}`,
    comment: `src/${room} may use only itself and the floors below it.`,
    severity: 'error',
    from: { path: folder([room]) },
    to: {
      path: '^(src|cli|e2e)/',
      pathNot: [folder([room, ...floors.slice(0, floor).flat(), ...(doors[room] ?? [])])],
    },
  })),
);

/** Outside libraries and where they may be known. */
const libraries = [
  { name: 'react', modules: '(react|react-dom|@mantine|@tabler|@tanstack|recharts|wouter)', rooms: ['ui', 'main'] },
  // Node loads the gradients in another way than a bundler: one file of the command line does so.
  {
    name: 'tensors',
    modules: '@tensorflow',
    rooms: ['nn', 'detectors', 'engine'],
    doors: ['^cli/tensors[.]ts$'],
  },
  { name: 'mediabunny', modules: 'mediabunny', rooms: ['media'] },
  { name: 'dexie', modules: 'dexie', rooms: ['storage'] },
];

const keepers = libraries.map(({ name, modules, rooms, doors: files = [] }) => ({
  name: `only-in-${rooms.join('-')}`,
  comment: `${name} only in ${rooms.join(', ')}.`,
  severity: 'error',
  from: { path: '^(src|cli)/', pathNot: [folder(rooms), ...files] },
  to: { path: `(^|/)node_modules/(@types/)?${modules}(/|$)` },
}));

module.exports = {
  forbidden: [
    ...arrows,
    ...keepers,
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'node-only-in-cli',
      comment: 'The app runs in a browser: Node modules belong to the command line and to tests.',
      severity: 'error',
      from: { path: '^src/', pathNot: '[.]test[.]tsx?$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'cli-below-storage',
      comment: 'The command line may use the engine and what lies below it.',
      severity: 'error',
      from: { path: '^cli/' },
      to: { path: folder(['storage', 'worker', 'state', 'ui', 'main']) },
    },
    {
      name: 'not-to-tests',
      severity: 'error',
      from: { pathNot: '[.]test[.]tsx?$' },
      to: { path: '[.]test[.]tsx?$' },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '[?](url|raw|worker)$' },
    },
    {
      name: 'shipped-dependencies',
      comment: 'What the app ships must stand under dependencies, not devDependencies.',
      severity: 'error',
      from: { path: '^src/', pathNot: '[.]test[.]tsx?$' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'browser', 'default', 'types'] },
  },
};
