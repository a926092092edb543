import { QueryClientProvider } from '@tanstack/react-query';
import { queryClient } from '../lib/queries.ts';
import { WindowFrame } from './window-frame.tsx';

/** The whole window with what it needs around it. */
export function App() {
  return <QueryClientProvider client={queryClient}><WindowFrame /></QueryClientProvider>;
}
