import { Skeleton } from '../../ui/index.ts';
import css from './vault.module.css';

/** The short time before the engine has said whether there is a vault. */
export function Opening() {
  return <div className={css.stage}><div className={css.lock}><Skeleton label="Starting the engine" hasTitle lines={[60, 96, 80]} /></div></div>;
}
