/** Play, step frame by frame, and speed. */
import { ActionIcon, Group, NativeSelect, Text, Tooltip } from '@mantine/core';
import {
  IconDownload,
  IconKeyboard,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconPlayerTrackNextFilled,
  IconPlayerTrackPrevFilled,
} from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useReview } from '../review-context';
import { useStage, useTogglePlay } from '../stage/stage-context';
import { momentWords } from '../words/event';
import { useFrameStep } from './frame-step';
import { RecapMenu } from './recap-menu';

export const speeds = [0.25, 0.5, 1, 2, 4, 8, 16];

/** Playing, and the whole tenths of a second on screen; renders a few times a second only. */
function usePlayhead() {
  const video = useStage((state) => state.video);
  const startS = useStage((state) => state.videoStartS);
  const [playhead, setPlayhead] = useState({ playing: false, timeS: 0 });
  useEffect(() => {
    if (!video) return;
    const take = () => setPlayhead({ playing: !video.paused, timeS: startS + video.currentTime });
    take();
    const events = ['play', 'pause', 'timeupdate', 'seeked'];
    for (const event of events) video.addEventListener(event, take);
    return () => {
      for (const event of events) video.removeEventListener(event, take);
    };
  }, [video, startS]);
  return { ...playhead, video };
}

interface ReviewControlsProps {
  speed: number;
  setSpeed: (speed: number) => void;
  openKeys: () => void;
  openExport: () => void;
}

export function ReviewControls({ speed, setSpeed, openKeys, openExport }: ReviewControlsProps) {
  const { playing, timeS, video } = usePlayhead();
  const recording = useReview((state) => state.recording);
  const toggle = useTogglePlay();
  const step = useFrameStep();
  const shownPlaying = playing && video !== null;
  const Icon = shownPlaying ? IconPlayerPauseFilled : IconPlayerPlayFilled;
  const button = { variant: 'default', size: 'lg', disabled: video === null } as const;
  return (
    <Group gap="xs">
      <ActionIcon {...button} onClick={toggle} aria-label={shownPlaying ? 'Pause' : 'Play'}>
        <Icon size={18} />
      </ActionIcon>
      <Tooltip label="One frame back ( , )">
        <ActionIcon {...button} onClick={() => step(-1)} aria-label="One frame back">
          <IconPlayerTrackPrevFilled size={16} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="One frame on ( . )">
        <ActionIcon {...button} onClick={() => step(1)} aria-label="One frame on">
          <IconPlayerTrackNextFilled size={16} />
        </ActionIcon>
      </Tooltip>
      <NativeSelect
        w="5.5rem"
        size="xs"
        aria-label="Speed"
        value={speed}
        onChange={({ currentTarget }) => setSpeed(Number(currentTarget.value))}
        data={speeds.map((each) => ({ value: String(each), label: `${each}×` }))}
      />
      <RecapMenu compact />
      <Tooltip label="Export ( E )">
        <ActionIcon variant="default" size="lg" aria-label="Export" onClick={openExport}>
          <IconDownload size={18} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Keys ( ? )">
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label="Keys" onClick={openKeys}>
          <IconKeyboard size={20} />
        </ActionIcon>
      </Tooltip>
      {recording && video && (
        <Text size="sm" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
          {momentWords(recording)(timeS)}
        </Text>
      )}
    </Group>
  );
}
