/** Play, pause and scrub a recording. */
import { ActionIcon, Group, Slider, Text } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconPlayerPauseFilled, IconPlayerPlayFilled } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { clock } from '../words/clock';
import classes from './stage.module.css';
import { useStage, useTogglePlay } from './stage-context';

/** Playing and the whole tenths of a second on screen; renders a few times a second only. */
function usePlayhead(video: HTMLVideoElement | null) {
  const [playhead, setPlayhead] = useState({ playing: false, timeS: 0 });
  useEffect(() => {
    if (!video) return;
    const take = () => setPlayhead({ playing: !video.paused, timeS: video.currentTime });
    take();
    const events = ['play', 'pause', 'timeupdate', 'seeked', 'seeking'];
    for (const event of events) video.addEventListener(event, take);
    return () => {
      for (const event of events) video.removeEventListener(event, take);
    };
  }, [video]);
  return playhead;
}

/** Controls that use the space bar themselves keep it. */
const usesSpace = (target: EventTarget | null) =>
  target instanceof Element &&
  target.closest('button, a, [role="slider"], [role="switch"], [role="menuitem"]') !== null;

export function PlayerControls({ durationS }: { durationS: number }) {
  const video = useStage((state) => state.video);
  const toggle = useTogglePlay();
  const { playing, timeS } = usePlayhead(video);
  const onSpace = (event: KeyboardEvent) => {
    if (usesSpace(event.target)) return;
    event.preventDefault(); // no scrolling
    toggle();
  };
  useHotkeys([['space', onSpace, { preventDefault: false }]]);
  if (!video) return null;
  const Icon = playing ? IconPlayerPauseFilled : IconPlayerPlayFilled;
  return (
    <Group gap="sm" wrap="nowrap" className={classes.player}>
      <ActionIcon variant="default" size="lg" onClick={toggle} aria-label={playing ? 'Pause' : 'Play'}>
        <Icon size={18} />
      </ActionIcon>
      <Slider
        flex={1}
        size="sm"
        value={timeS}
        min={0}
        max={durationS}
        step={0.1}
        onChange={(position) => {
          video.currentTime = position;
        }}
        label={clock}
        thumbLabel="Position"
        thumbValueText={(position) => `${clock(position)} of ${clock(durationS)}`}
      />
      <Text size="sm" c="dimmed" className={classes.position}>
        {clock(timeS)} / {clock(durationS)}
      </Text>
    </Group>
  );
}
