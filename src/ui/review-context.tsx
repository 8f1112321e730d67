/** How components reach the Review page's store and actions. */
import { createContext, type ReactNode, useContext, useState } from 'react';
import { useStore } from 'zustand';
import type { ReviewActions } from '../state/review-actions';
import type { ReviewState, ReviewStore } from '../state/review-store';

interface Review {
  store: ReviewStore;
  actions: ReviewActions;
}

const ReviewContext = createContext<Review | null>(null);

export function ReviewProvider({ store, actions, children }: Review & { children: ReactNode }) {
  const [value] = useState({ store, actions });
  return <ReviewContext value={value}>{children}</ReviewContext>;
}

function useReviewContext(): Review {
  const context = useContext(ReviewContext);
  if (!context) throw new Error('This component must stand inside <ReviewProvider>.');
  return context;
}

export const useReviewStore = () => useReviewContext().store;
export const useReviewActions = () => useReviewContext().actions;

/** One value of the state; renders when it changes. The selector must return a stable reference. */
export const useReview = <T,>(select: (state: ReviewState) => T): T => useStore(useReviewStore(), select);
