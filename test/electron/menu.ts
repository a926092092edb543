import { EventEmitter } from 'node:events';
import type Electron from 'electron';
import { strictClass } from './strict.ts';

type Template = Electron.MenuItemConstructorOptions;

/** One entry of a menu: what its template said, with Electron's defaults. */
export class MenuItem {
  readonly id: string;
  readonly type: string;
  readonly role: string | undefined;
  readonly accelerator: Electron.MenuItemConstructorOptions['accelerator'];
  readonly submenu: Menu | undefined;
  readonly click: (...args: unknown[]) => void;
  label: string;
  enabled: boolean;
  visible: boolean;
  checked: boolean;

  constructor(template: Template) {
    this.id = template.id ?? '';
    this.role = template.role;
    this.label = template.label ?? template.role ?? '';
    this.type = template.type ?? (template.submenu ? 'submenu' : 'normal');
    this.accelerator = template.accelerator;
    this.submenu = Array.isArray(template.submenu) ? Menu.buildFromTemplate(template.submenu) : (template.submenu as Menu | undefined);
    this.enabled = template.enabled ?? true;
    this.visible = template.visible ?? true;
    this.checked = template.checked ?? false;
    const onClick = template.click as ((item: MenuItem, ...args: unknown[]) => void) | undefined;
    this.click = (...args) => onClick?.(this, ...args);
  }
}

let applicationMenu: Menu | null = null;

/** Electron's Menu as data: tests find entries and click them, nothing is drawn. */
export class Menu extends EventEmitter {
  readonly items: MenuItem[] = [];

  static buildFromTemplate(template: readonly (Template | MenuItem)[]): Menu {
    const menu = new Menu();
    for (const item of template) menu.append(item instanceof MenuItem ? item : new MenuItem(item));
    return menu;
  }

  static setApplicationMenu(menu: Menu | null): void {
    applicationMenu = menu;
  }

  static getApplicationMenu(): Menu | null {
    return applicationMenu;
  }

  append(item: MenuItem): void {
    this.items.push(item);
  }

  getMenuItemById(id: string): MenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id);
      if (found) return found;
    }
    return null;
  }
}
strictClass('MenuItem', MenuItem);
strictClass('Menu', Menu);
