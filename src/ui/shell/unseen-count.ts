/** How many alerts nobody has seen yet: in the tab's title, on its icon, and on the icon of the installed app. */
import { useEffect } from 'react';
import { useNoticesState } from '../notices-context';

/** More are drawn as '9+'. */
const MOST_DRAWN = 9;
const ICON_SIZE = 64;

export function useUnseenCount(): void {
  const unseen = useNoticesState((state) => state.unseen);
  useEffect(() => {
    if (unseen === 0) return;
    const title = document.title;
    const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
    const address = icon?.href ?? '';
    let cleared = false;
    document.title = `(${unseen}) ${title}`;
    // Where there is no badge, or none is allowed, the title says it.
    void navigator.setAppBadge?.(unseen).catch(() => undefined);
    void drawCount(address, unseen).then((drawn) => {
      if (icon && drawn && !cleared) icon.href = drawn;
    });
    return () => {
      cleared = true;
      document.title = title;
      if (icon) icon.href = address;
      void navigator.clearAppBadge?.().catch(() => undefined);
    };
  }, [unseen]);
}

/** The icon with the count in its corner, as a data address; null where it cannot be drawn. */
async function drawCount(address: string, count: number): Promise<string | null> {
  const image = new Image(ICON_SIZE, ICON_SIZE);
  image.src = address;
  const canvas = document.createElement('canvas');
  canvas.width = ICON_SIZE;
  canvas.height = ICON_SIZE;
  const context = canvas.getContext('2d');
  const decoded = await image.decode().then(
    () => true,
    () => false,
  );
  if (!context || !decoded) return null;
  context.drawImage(image, 0, 0, ICON_SIZE, ICON_SIZE);
  const radius = ICON_SIZE * 0.32;
  const centre = ICON_SIZE - radius;
  context.fillStyle = '#c02626';
  context.beginPath();
  context.arc(centre, centre, radius, 0, 2 * Math.PI);
  context.fill();
  context.fillStyle = '#fff';
  context.font = `bold ${radius * 1.4}px system-ui, sans-serif`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(count > MOST_DRAWN ? `${MOST_DRAWN}+` : String(count), centre, centre + radius * 0.08);
  return canvas.toDataURL();
}
