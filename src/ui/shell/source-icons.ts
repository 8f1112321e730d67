/** The icon of each kind of source. */
import { IconMovie, IconPhoto, IconScreenShare, IconVideo, IconWindow } from '@tabler/icons-react';
import type { SourceInfo } from '../../media/frame';

export const sourceIcons = {
  webcam: IconVideo,
  screen: IconScreenShare,
  file: IconMovie,
  images: IconPhoto,
  demo: IconWindow,
} satisfies Record<SourceInfo['kind'], unknown>;
