/** Notifications of the system: through the service worker, which some systems demand, or straight from the page. */
import type { PageRequest, WorkerRequest } from '../offline/worker-request';

/** What the browser allows; `unanswered` where its question was closed. */
export type NoticePermission = 'unasked' | 'unanswered' | 'granted' | 'refused' | 'unsupported';

export interface SystemNotification {
  title: string;
  body: string;
  picture: Blob | null;
  /** Given back when it is pressed. */
  alertId: string;
}

export interface SystemNotifications {
  permission(): NoticePermission;
  /** Asks the user; only on their own press. */
  ask(): Promise<NoticePermission>;
  /** Shows one in place of the last. */
  show(notification: SystemNotification): Promise<void>;
  /** Calls back with the alert of a notification that was pressed. */
  onPressed(listener: (alertId: string) => void): void;
}

const permissions = { default: 'unasked', granted: 'granted', denied: 'refused' } as const;

/** `container`: null where there is no service worker. */
export function systemNotifications(container: ServiceWorkerContainer | null): SystemNotifications {
  const supported = 'Notification' in globalThis;
  let pressed: (alertId: string) => void = () => undefined;

  return {
    permission: () => (supported ? permissions[Notification.permission] : 'unsupported'),
    async ask() {
      const answer = permissions[await Notification.requestPermission()];
      return answer === 'unasked' ? 'unanswered' : answer;
    },
    async show({ title, body, picture, alertId }) {
      const image = picture ? await dataAddress(picture) : undefined;
      // The tone is ours, and only where the user wants one.
      const options = { body, icon: image, image, tag: 'oriel-alert', renotify: true, silent: true };
      const worker = container?.controller;
      if (worker) {
        const request: WorkerRequest = { type: 'notify', title, options: { ...options, data: { alertId } } };
        return worker.postMessage(request);
      }
      const notification = new Notification(title, options);
      notification.onclick = () => {
        window.focus();
        notification.close();
        pressed(alertId);
      };
    },
    onPressed(listener) {
      pressed = listener;
      container?.addEventListener('message', ({ data }: MessageEvent<PageRequest>) => {
        if (data?.type === 'show-alert') listener(data.alertId);
      });
      container?.startMessages();
    },
  };
}

function dataAddress(picture: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(picture);
  });
}
