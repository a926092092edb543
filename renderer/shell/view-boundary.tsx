import { Component, type ReactNode } from 'react';
import { Button, Notice } from '../ui/index.ts';

interface BoundaryState {
  readonly error: Error | null;
}

/** Keeps a fault of one view from taking the window with it: says what failed and offers to show the view again. */
export class ViewBoundary extends Component<{ children: ReactNode }, BoundaryState> {
  override state: BoundaryState = { error: null };

  static getDerivedStateFromError(error: Error): BoundaryState {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <Notice
        kind="danger"
        live="alert"
        meaning={`What was acknowledged is kept. (${error.name})`}
        action={<Button size="sm" onPress={() => this.setState({ error: null })}>Show it again</Button>}
      >
        This view cannot be shown.
      </Notice>
    );
  }
}
