import type Electron from 'electron';
import type { CdpSession } from './cdp.ts';
import { strict } from './strict.ts';

/** The picture that capturePage answers with: the part of NativeImage that reads one. */
export interface CapturedImage {
  toPNG(): Buffer;
  toDataURL(): string;
  isEmpty(): boolean;
  getSize(): { width: number; height: number };
}

/** A picture of the page, or of a part of it. */
export async function capturePage(session: CdpSession, part?: Electron.Rectangle): Promise<CapturedImage> {
  const { data } = await session.send('Page.captureScreenshot', { format: 'png', ...(part ? { clip: { ...part, scale: 1 } } : {}) });
  const png = Buffer.from(data, 'base64');
  return strict('NativeImage', {
    toPNG: () => png,
    toDataURL: () => `data:image/png;base64,${data}`,
    isEmpty: () => png.length === 0,
    getSize: () => ({ width: png.readUInt32BE(16), height: png.readUInt32BE(20) }), // PNG specification, section 11.2.2
  });
}

type PageSize = Exclude<Electron.PrintToPDFOptions['pageSize'], undefined>;
const inchesByName: Readonly<Record<string, readonly [width: number, height: number]>> = {
  A3: [11.7, 16.54], A4: [8.27, 11.69], A5: [5.83, 8.27], Letter: [8.5, 11], Legal: [8.5, 14], Tabloid: [11, 17], Ledger: [17, 11],
};

function paper(size: PageSize | undefined): { paperWidth?: number; paperHeight?: number } {
  if (size === undefined) return {};
  if (typeof size === 'object') return { paperWidth: size.width, paperHeight: size.height };
  const inches = inchesByName[size];
  if (!inches) throw new Error(`Invalid pageSize ${size}`);
  return { paperWidth: inches[0], paperHeight: inches[1] };
}

/** The page as PDF; sizes and margins in inches, as in Electron. */
export async function printToPdf(session: CdpSession, options: Electron.PrintToPDFOptions): Promise<Buffer> {
  const { top, bottom, left, right } = options.margins ?? {};
  const parameters = {
    landscape: options.landscape, displayHeaderFooter: options.displayHeaderFooter, printBackground: options.printBackground, scale: options.scale,
    pageRanges: options.pageRanges, headerTemplate: options.headerTemplate, footerTemplate: options.footerTemplate, preferCSSPageSize: options.preferCSSPageSize,
    generateTaggedPDF: options.generateTaggedPDF, generateDocumentOutline: options.generateDocumentOutline,
    marginTop: top, marginBottom: bottom, marginLeft: left, marginRight: right, ...paper(options.pageSize),
  };
  const given = Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== undefined));
  const { data } = await session.send('Page.printToPDF', given);
  return Buffer.from(data, 'base64');
}
