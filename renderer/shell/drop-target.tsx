import { useEffect, useState } from 'react';
import { addPaths } from '../lib/add-files.ts';
import { bridge } from '../lib/bridge.ts';
import { reportFault } from './window-fault.ts';
import css from './window-frame.module.css';

const holdsFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true;

/** Takes files and folders that are dropped anywhere in the window into the open case. */
export function DropTarget({ caseName }: { caseName: string | undefined }) {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const over = (event: DragEvent): void => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy';
      setOver(true);
    };
    const leave = (event: DragEvent): void => {
      // Leaving one element for another inside the window names the other; leaving the window names none.
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent): void => {
      setOver(false);
      if (!holdsFiles(event)) return;
      event.preventDefault();
      const paths = [...event.dataTransfer?.files ?? []].map((file) => bridge.pathOf(file)).filter((path) => path !== '');
      if (paths.length === 0) reportFault('Nothing was added.', new Error('What was dropped is not a file or a folder of this computer. Save it to a folder first.'));
      else void addPaths(paths);
    };
    window.addEventListener('dragover', over);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', over);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, []);
  if (!isOver) return null;
  return (
    <div className={css.drop}>
      <p className={css.dropWords}>{caseName === undefined ? 'No case is open. Open one before adding files.' : `Drop to add to ${caseName}`}</p>
    </div>
  );
}
