/** Keys where there are several cameras: 1–4 enlarge one, Escape leads back to all. */
import { useEffect } from 'react';
import { useLocation } from 'wouter';
import { cameraAddress, useWall } from '../wall-context';

/** What is open over the page uses Escape itself, and rules that are being changed are not to be lost by it. */
const keepsEscape = () => document.querySelector('[role="dialog"], [role="menu"], [data-keeps-escape]') !== null;

const isTyping = (target: EventTarget | null) =>
  target instanceof Element &&
  target.closest('input:not([type="radio"], [type="checkbox"]), textarea, select') !== null;

/** Ahead of whatever else listens, which may close what `keepsEscape` looks for. */
export function useWallKeys(): void {
  const wall = useWall();
  const [path, navigate] = useLocation();
  useEffect(() => {
    const onKey = ({ key, target, altKey, ctrlKey, metaKey }: KeyboardEvent) => {
      if (altKey || ctrlKey || metaKey || isTyping(target) || keepsEscape()) return;
      const place = Number(key);
      if (key === 'Escape' && path !== '/') navigate('/');
      if (place >= 1 && place <= wall.store.getState().cameras.length) navigate(cameraAddress(place));
    };
    window.addEventListener('keydown', onKey, { capture: true });
    return () => window.removeEventListener('keydown', onKey, { capture: true });
  }, [wall, path, navigate]);
}
