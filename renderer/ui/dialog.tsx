import { type ReactNode, useId } from 'react';
import { Dialog as AriaDialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import X from 'lucide-react/icons/x';
import { Button, IconButton } from './button.tsx';
import { classNames } from './class-names.ts';
import css from './dialog.module.css';

/** Props of Dialog. */
export interface DialogProps {
  isOpen: boolean;
  onClose: () => void;
  title: string;
  /** Said beside the title, quieter. */
  aside?: ReactNode;
  children: ReactNode;
  /** The row of buttons at the foot, the way on last. */
  footer?: ReactNode;
  /** 420, 560 or 1104 px wide. */
  size?: 'sm' | 'md' | 'lg';
  /** alertdialog where an answer is needed before anything else; only its buttons and Escape close it then. */
  role?: 'dialog' | 'alertdialog';
  /** Work runs that a button at the foot ends: nothing else closes it meanwhile. */
  isBusy?: boolean;
  /** Something was typed that would be lost: a press outside does not close it. */
  holdsWork?: boolean;
}

/**
 * Asks for the whole attention. It lies between the banners and never covers one; Escape, the close button and a press
 * outside close it, and the focus returns where it was.
 */
export function Dialog({ isOpen, onClose, title, aside, children, footer, size = 'md', role = 'dialog', isBusy = false, holdsWork = false }: DialogProps) {
  return (
    <ModalFrame isOpen={isOpen} onClose={isBusy ? ignore : onClose} isDismissable={role === 'dialog' && !isBusy && !holdsWork} className={classNames(css.dialog, css[size])}>
      <AriaDialog role={role} className={classNames(css.inside)}>
        <header className={css.head}>
          <Heading slot="title" level={1} className={classNames(css.title)}>{title}</Heading>
          {aside && <span className={css.aside}>{aside}</span>}
          {!isBusy && <span className={css.close}><IconButton label="Close" icon={X} keys={['Esc']} onPress={onClose} /></span>}
        </header>
        <div className={css.body}>{children}</div>
        {footer && <footer className={css.foot}>{footer}</footer>}
      </AriaDialog>
    </ModalFrame>
  );
}

const ignore = (): void => undefined;

/** Props of ModalFrame. */
export interface ModalFrameProps {
  isOpen: boolean;
  onClose: () => void;
  isDismissable?: boolean;
  className: string;
  children: ReactNode;
}

/** The scrim between the banners and the raised surface on it; for Dialog and the palette. */
export function ModalFrame({ isOpen, onClose, isDismissable = true, className, children }: ModalFrameProps) {
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => { if (!open) onClose(); }}
      isDismissable={isDismissable}
      className={classNames(css.scrim)}
    >
      <Modal className={className}>{children}</Modal>
    </ModalOverlay>
  );
}

/** Props of ConfirmDialog. */
export interface ConfirmDialogProps {
  isOpen: boolean;
  onClose: () => void;
  /** The question, such as "Cancel this job?". */
  title: string;
  /** What happens then and what is kept. */
  children: ReactNode;
  confirmText: string;
  cancelText?: string;
  isDanger?: boolean;
  onConfirm: () => void;
}

/** Asks once before something that cannot be taken back. Keeping things as they are has the focus first. */
export function ConfirmDialog({
  isOpen, onClose, title, children, confirmText, cancelText = 'Keep', isDanger = false, onConfirm,
}: ConfirmDialogProps) {
  const bodyId = useId();
  const confirm = () => {
    onClose();
    onConfirm();
  };
  return (
    <ModalFrame isOpen={isOpen} onClose={onClose} isDismissable={false} className={classNames(css.dialog, css.sm)}>
      <AriaDialog role="alertdialog" aria-describedby={bodyId} className={classNames(css.inside)}>
        <div className={css.body}>
          <Heading slot="title" level={1} className={classNames(css.title)}>{title}</Heading>
          <div id={bodyId} className={css.words}>{children}</div>
        </div>
        <footer className={css.foot}>
          <Button size="lg" variant="ghost" autoFocus onPress={onClose}>{cancelText}</Button>
          <Button size="lg" variant={isDanger ? 'danger' : 'primary'} onPress={confirm}>{confirmText}</Button>
        </footer>
      </AriaDialog>
    </ModalFrame>
  );
}
