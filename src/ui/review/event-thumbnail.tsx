/** The picture of an event, read when it is shown. */
import { useEffect, useState } from 'react';
import { useReviewActions } from '../review-context';
import { useBlobUrl } from '../stage/use-blob-url';

export function EventThumbnail({ id, className }: { id: string; className: string }) {
  const actions = useReviewActions();
  const [picture, setPicture] = useState<Blob | null>(null);
  useEffect(() => {
    let gone = false;
    void actions.thumbnail(id).then((blob) => !gone && setPicture(blob));
    return () => {
      gone = true;
    };
  }, [id, actions]);
  const url = useBlobUrl(picture);
  return <span className={className}>{url && <img src={url} alt="" />}</span>;
}
