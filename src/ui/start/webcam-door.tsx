/** Begin with a camera, chosen from those present, or with a shared screen. */
import { Button, NativeSelect } from '@mantine/core';
import { IconDeviceDesktop, IconVideo } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useActions, useRun } from '../watch-context';
import { Door } from './door';

function useCameras() {
  const actions = useActions();
  const [cameras, setCameras] = useState<{ id: string; label: string }[]>([]);
  useEffect(() => {
    let current = true;
    const list = () =>
      actions.listCameras().then(
        (found) => current && setCameras(found.filter(({ id }) => id)),
        () => current && setCameras([]), // no camera list: the button itself will say why
      );
    list();
    navigator.mediaDevices?.addEventListener('devicechange', list);
    return () => {
      current = false;
      navigator.mediaDevices?.removeEventListener('devicechange', list);
    };
  }, [actions]);
  return cameras;
}

/** The camera beyond those that are watched already, where there is one; else the usual one. */
const freeCamera = (cameras: { id: string }[], taken: readonly string[]) =>
  taken.length ? (cameras.find(({ id }) => !taken.includes(id))?.id ?? '') : '';

/** `taken`: ids of the cameras that are watched already. */
export function WebcamButtons({ taken = [] }: { taken?: readonly string[] }) {
  const actions = useActions();
  const run = useRun();
  const cameras = useCameras();
  const [chosen, setChosen] = useState<string | null>(null);
  const choices = cameras.map(({ id, label }, index) => ({ value: id, label: label || `Camera ${index + 1}` }));
  const camera = chosen ?? freeCamera(cameras, taken);
  return (
    <>
      {/* Its place is kept until the cameras are known: what is about to be pressed must not move. */}
      <NativeSelect
        aria-label="Camera"
        style={{ visibility: choices.length > 0 ? 'visible' : 'hidden' }}
        value={camera}
        onChange={(event) => setChosen(event.currentTarget.value)}
        data={[{ value: '', label: 'Usual camera' }, ...choices]}
      />
      {/* biome-ignore lint/correctness/useHookAtTopLevel: an action, not a hook */}
      <Button fullWidth onClick={() => run(actions.useWebcam(camera || undefined))}>
        Use webcam
      </Button>
      <Button
        fullWidth
        variant="subtle"
        leftSection={<IconDeviceDesktop size={16} />}
        // biome-ignore lint/correctness/useHookAtTopLevel: an action, not a hook
        onClick={() => run(actions.useScreen())}
      >
        Share a screen instead
      </Button>
    </>
  );
}

export function WebcamDoor() {
  return (
    <Door
      icon={IconVideo}
      title="Watch a camera"
      text="Point it at a street, a yard, a machine. Two minutes of ordinary life are enough to learn it."
    >
      <WebcamButtons />
    </Door>
  );
}
