import { expect, it, vi } from 'vitest';
import { openAlertPage } from './pressed-notification';

const pressed = { clientId: 'tab', alertId: '1-alert-2' };

it('leads to the page that showed it', async () => {
  const page = { postMessage: vi.fn(), focus: vi.fn(() => Promise.reject(new DOMException('', 'InvalidAccessError'))) };
  const clients = { get: vi.fn(async () => page as never), openWindow: vi.fn() };
  await openAlertPage(clients, 'https://host.example/sub/', pressed);
  expect(clients.get).toHaveBeenCalledWith('tab');
  expect(page.postMessage).toHaveBeenCalledWith({ type: 'show-alert', alertId: '1-alert-2' });
  expect(page.focus).toHaveBeenCalled();
  expect(clients.openWindow).not.toHaveBeenCalled();
});

it('leads to the kept events where that page is gone', async () => {
  const clients = { get: vi.fn(async () => undefined), openWindow: vi.fn(async () => null) };
  await openAlertPage(clients, 'https://host.example/sub/', pressed);
  expect(clients.openWindow).toHaveBeenCalledWith('https://host.example/sub/#/review');
});
