/** The product in one picture: many walk one way, one does not, and it glows. */
import classes from './start.module.css';

/** The golden angle's fractions spread the walkers evenly and without a pattern. */
const walkers = Array.from({ length: 46 }, (_, index) => {
  const depth = (index + 0.5) / 46;
  const across = (index * 0.618034) % 1;
  return { x: 12 + across * 396, y: 24 + depth * 172, size: 0.55 + depth * 0.9, swing: (index * 0.381966) % 1 };
}).filter(({ x, y }) => Math.hypot(x - 268, y - 118) > 58);

export function CrowdPicture() {
  return (
    <svg className={classes.crowd} viewBox="0 0 420 220" aria-hidden="true">
      <defs>
        <radialGradient id="crowd-heat">
          <stop offset="0" stopColor="#ffcf6b" stopOpacity="0.95" />
          <stop offset="0.4" stopColor="#f0704a" stopOpacity="0.6" />
          <stop offset="0.75" stopColor="#a8338f" stopOpacity="0.22" />
          <stop offset="1" stopColor="#3b1d6e" stopOpacity="0" />
        </radialGradient>
      </defs>
      {walkers.map(({ x, y, size, swing }) => (
        <g key={x} transform={`translate(${x} ${y}) scale(${size})`}>
          <path d="M-7 0H7M3-4 7 0 3 4" className={classes.walker} style={{ animationDelay: `${-swing * 6}s` }} />
        </g>
      ))}
      <circle cx="268" cy="118" r="46" fill="url(#crowd-heat)" className={classes.glow} />
      <path d="M276 124 260 112M268.500 110.500 260 112 263.200 120" className={classes.stray} />
    </svg>
  );
}
