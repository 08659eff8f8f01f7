import { useTexts } from '../locales/use-texts.js';

export const PANEL_WIDTH = { least: 300, usual: 380, most: 720 };
const STEP_PX = 20;

const within = (width: number) => Math.round(Math.min(PANEL_WIDTH.most, Math.max(PANEL_WIDTH.least, width)));

/** The panel's left edge: dragged, or moved with the arrow keys. */
export function PanelEdge({ width, onWidth }: { width: number; onWidth: (width: number) => void }) {
  const { t } = useTexts();
  return (
    <div
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={t('ask.panel.resize')}
      aria-valuenow={width}
      aria-valuemin={PANEL_WIDTH.least}
      aria-valuemax={PANEL_WIDTH.most}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) {
          onWidth(within(window.innerWidth - event.clientX));
        }
      }}
      onKeyDown={(event) => {
        if (event.key === 'ArrowLeft') onWidth(within(width + STEP_PX));
        if (event.key === 'ArrowRight') onWidth(within(width - STEP_PX));
      }}
      className="absolute inset-y-0 -left-1 z-10 hidden w-2 cursor-col-resize touch-none hover:bg-accent/20 focus-visible:bg-accent/30 lg:block"
    />
  );
}
