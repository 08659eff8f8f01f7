import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useState } from 'react';
import { Unreachable } from '../kit/problem.js';
import { ToastProvider } from '../kit/toast.js';
import { TooltipProvider } from '../kit/tooltip.js';
import { router } from './router.js';
import { SessionGate } from './session-gate.js';

function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        // What the gateway refused once it refuses again; only a lost connection is worth another try.
        retry: (failures, error) => error instanceof Unreachable && failures < 2,
        refetchOnWindowFocus: false,
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  });
}

export function App() {
  const [queryClient] = useState(newQueryClient);
  return (
    <QueryClientProvider client={queryClient}>
      <TooltipProvider>
        <ToastProvider>
          <SessionGate>
            <RouterProvider router={router} />
          </SessionGate>
        </ToastProvider>
      </TooltipProvider>
    </QueryClientProvider>
  );
}
