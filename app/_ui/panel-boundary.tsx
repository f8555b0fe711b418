'use client';

import { Component, type ReactNode } from 'react';
import { Button } from './button.tsx';

interface BoundaryState {
  readonly failed: boolean;
}

/** A panel that cannot be drawn says so in its own place; the others go on. */
export class PanelBoundary extends Component<{ readonly children: ReactNode }, BoundaryState> {
  override state: BoundaryState = { failed: false };

  static getDerivedStateFromError(): BoundaryState {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <div role="alert" className="flex flex-wrap items-center gap-3 py-3">
        <span className="text-critical">This panel could not be drawn.</span>
        <Button onClick={() => this.setState({ failed: false })}>Draw it again</Button>
      </div>
    );
  }
}
