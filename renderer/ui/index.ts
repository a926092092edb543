/**
 * The parts every screen is made of: controls, rows, lists, panes, dialogs. This folder owns how they look, how they answer
 * to pointer and keyboard, and what they tell assistive technology; the rules are those of the design's screens and
 * tokens.css. It knows nothing of the app: no routes, no engine, no formatting of numbers, no words but its own controls'.
 * Whatever can be decided elsewhere (selection, widths, queries, texts) comes in by props and goes out by callbacks.
 *
 * The window's entry imports styles.ts once, before anything that brings a CSS module.
 */
export { Banner, type BannerHalf, type BannerLevel, type BannerProps } from './banner.tsx';
export { Button, type ButtonProps, IconButton, type IconButtonProps, LinkButton, type LinkButtonProps } from './button.tsx';
export { Checkbox, type CheckboxProps, CheckMark } from './checkbox.tsx';
export { Chip, type ChipProps, Handling, type HitGroup, type LabelKind, LabelTag, Portion, Swatch } from './chip.tsx';
export { classNames } from './class-names.ts';
export { ComboField, type ComboFieldProps, type Suggestion } from './combo-field.tsx';
export { type DataColumn, type DataSort, DataTable, type DataTableProps } from './data-table.tsx';
export { type Detail, DetailList, type DetailListProps } from './detail-list.tsx';
export { ConfirmDialog, type ConfirmDialogProps, Dialog, type DialogProps } from './dialog.tsx';
export { EmptyPane, EmptyState, type EmptyStateProps, type Prompt } from './empty-state.tsx';
export { type Fact, Facts } from './facts.tsx';
export { SearchField, type SearchFieldProps, TextArea, type TextAreaProps, TextField, type TextFieldProps } from './field.tsx';
export { type HistoryEntry, HistoryList } from './history-list.tsx';
export { type Glyph, Icon, type IconProps, type Tone } from './icon.tsx';
export { type Chord, KeyCaps, type KeyCapsProps } from './kbd.tsx';
export type { SelectHow } from './list-cursor.ts';
export { MarkingChip } from './marking-chip.tsx';
export { Menu, type MenuEntry, type MenuGroup, type MenuProps, MoreMenu, type MoreMenuProps } from './menu.tsx';
export { Notice, type NoticeProps, Refusal, type RefusalLine, type RefusalProps } from './notice.tsx';
export { matchSections, Palette, type PaletteItem, type PaletteProps, type PaletteSection } from './palette.tsx';
export { focusNextPane, focusPane } from './pane-focus.ts';
export { initialPanesState, type PaneFolding, type PaneSide, type PaneSize, type PanesState, togglePane, usePaneFolding } from './pane-widths.ts';
export {
  Group, GroupHead, type GroupHeadProps, Pane, PaneBody, type PaneBodyProps, PaneFoot, PaneHead, type PaneProps, PaneSub, PaneTitle, Spacer,
} from './pane.tsx';
export { Panes, type PanesProps, type SidePane } from './panes.tsx';
export { PassphraseField, type PassphraseFieldProps } from './passphrase-field.tsx';
export { isMac } from './platform.ts';
export { Popover, type PopoverPlacement, type PopoverProps } from './popover.tsx';
export { ProgressBar, type ProgressBarProps, ProgressLine, type ProgressLineProps } from './progress.tsx';
export { RadioGroup, type RadioGroupProps, type RadioOption, VerdictGroup } from './radio-group.tsx';
export { Row, RowFrame, type RowFrameProps, type RowProps } from './row.tsx';
export { type RulerMark, ScrollRuler } from './scroll-ruler.tsx';
export { type Segment, Segmented, type SegmentedProps } from './segmented.tsx';
export { Select, type SelectOption, type SelectProps } from './select.tsx';
export { Skeleton, type SkeletonProps, SkeletonRow, useDelayed } from './skeleton.tsx';
export { Steps, type StepsProps } from './steps.tsx';
export { Strength, type StrengthProps } from './strength.tsx';
export { Switch, type SwitchProps } from './switch.tsx';
export { TabBar, type TabEntry, TabPanel, Tabs, type TabsProps } from './tabs.tsx';
export { matchText, type TextPart } from './text-match.ts';
export { Text, type TextProps } from './text.tsx';
export { createToastQueue, type Toast, type ToastQueue, ToastRegion } from './toast.tsx';
export { Tip, type TipPlacement, type TipProps } from './tooltip.tsx';
export { VirtualList, type VirtualListHandle, type VirtualListProps } from './virtual-list.tsx';
export { VisuallyHidden } from 'react-aria-components/VisuallyHidden';
