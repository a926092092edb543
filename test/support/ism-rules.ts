/**
 * The rules of the IC’s Information Security Marking schema (ISM.XML V10, Schematron), by number and in our words, as an oracle: what a
 * text marking must and must not say, and what portions roll up to. Where the register of 2016, which is later, says otherwise, it wins,
 * and `differs` says why.
 */
import { isAppError } from '../../main/base/errors.ts';
import { readMarking, rollUpTexts } from '../../main/policy/index.ts';

export interface IsmRule {
  /** The number in ISM-ID-00000. */
  readonly id: number;
  readonly asks: string;
  /** Texts that break the rule. */
  readonly refuses?: readonly string[];
  /** Texts that keep it. */
  readonly accepts?: readonly string[];
  /** Texts that break it by their order only: taken as meant, and the banner line into which they are put. */
  readonly reads?: readonly (readonly [written: string, banner: string])[];
  readonly rollsUp?: readonly (readonly [portions: readonly string[], banner: string])[];
  /** Why what the rule asks does not hold here. */
  readonly differs?: string;
}

const klondike = 'KLONDIKE was closed; the register has its compartments under TALENT KEYHOLE and no KDK';
const endseal = 'ENDSEAL is not in the register; ECRU and NONBOOK are compartments of SI';

/** Every rule that a banner line, a portion mark or a roll-up can keep or break. */
export const ismRules: readonly IsmRule[] = [
  { id: 12, asks: 'what has any control has a classification', refuses: ['NOFORN', 'SI//NF', '//NF'], accepts: ['S//NF'] },
  { id: 16, asks: 'nothing unclassified is SCI or of a special access program', refuses: ['U//SI', 'U//SAR-BP', 'U//TK//NF'], accepts: ['S//SI', 'S//SAR-BP'] },
  { id: 26, asks: 'dissemination controls stand in order', reads: [['S//NF/OC', 'SECRET//ORCON/NOFORN'], ['S//RELIDO/REL TO USA, GBR/IMC', 'SECRET//IMCON/REL TO USA, GBR/RELIDO']] },
  { id: 28, asks: 'ORCON and EYES ONLY are classified', refuses: ['U//OC', 'U//OC/NF', 'U//USA/GBR EYES ONLY'], accepts: ['C//OC', 'TS//OC', 'S//USA/GBR EYES ONLY'] },
  { id: 30, asks: 'FOUO is unclassified', refuses: ['C//FOUO', 'S//FOUO/NF'], accepts: ['U//FOUO'] },
  { id: 31, asks: 'REL TO and EYES ONLY say whom', refuses: ['SECRET//REL TO', 'SECRET//REL', 'SECRET//EYES ONLY'], accepts: ['SECRET//REL TO USA, GBR'] },
  { id: 32, asks: 'countries of release stand behind REL TO only', refuses: ['SECRET//USA, GBR', 'SECRET//GBR'], accepts: ['SECRET//REL TO USA, GBR'] },
  { id: 33, asks: 'REL TO, EYES ONLY and NOFORN exclude each other', refuses: ['S//NF/REL TO USA, GBR', 'S//NF/USA/GBR EYES ONLY', 'S//REL TO USA, GBR/USA/GBR EYES ONLY'], accepts: ['S//NF', 'S//REL TO USA, GBR', 'S//USA/GBR EYES ONLY'] },
  { id: 35, asks: 'other agencies’ controls stand in order', reads: [['U//SSI/LES', 'UNCLASSIFIED//LES/SSI'], ['U//NF//LES/XD', 'UNCLASSIFIED//NOFORN//EXDIS/LES']] },
  { id: 37, asks: 'SBU and SBU NOFORN are unclassified', refuses: ['C//SBU', 'S//SBU-NF'], accepts: ['U//SBU', 'U//SBU-NF'] },
  { id: 38, asks: 'EXDIS and NODIS do not stand together', refuses: ['S//NF//XD/ND'], accepts: ['S//NF//XD', 'S//NF//ND'] },
  { id: 40, asks: 'a US classification is one of four', refuses: ['RESTRICTED', 'SECRETS', 'R//NF', 'TOPSECRET'], accepts: ['TS', 'S', 'C', 'U', 'TOP SECRET'] },
  { id: 41, asks: 'countries of release stand in order', reads: [['S//REL TO USA, NATO, JPN, AUS', 'SECRET//REL TO USA, AUS, JPN, NATO']] },
  { id: 42, asks: 'SCI controls stand in order', reads: [['TS//TK/SI-XYZ-ABC//NF', 'TOP SECRET//SI-ABC-XYZ/TK//NOFORN'], ['TS//SI-G QRST ABCD//OC/NF', 'TOP SECRET//SI-G ABCD QRST//ORCON/NOFORN']] },
  { id: 43, asks: 'SI is classified', refuses: ['U//SI'], accepts: ['C//SI', 'S//SI', 'TS//SI'] },
  { id: 44, asks: 'GAMMA is TOP SECRET', refuses: ['S//SI-G//OC/NF', 'C//SI-G//OC'], accepts: ['TS//SI-G//OC/NF'] },
  { id: 45, asks: 'GAMMA is ORCON', refuses: ['TS//SI-G', 'TS//SI-G ABCD//NF', 'TS//SI-G//OC-USGOV'], accepts: ['TS//SI-G//OC', 'TS//SI-G ABCD//OC/NF'] },
  { id: 47, asks: 'TALENT KEYHOLE is SECRET or TOP SECRET', refuses: ['U//TK', 'C//TK'], accepts: ['S//TK', 'TS//TK'] },
  { id: 48, asks: 'HCS is classified', refuses: ['U//HCS-P//NF'], accepts: ['S//HCS-P//NF', 'TS//HCS-P//NF'] },
  { id: 49, asks: 'HCS is NOFORN', refuses: ['S//HCS-P', 'S//HCS-P//REL TO USA, GBR', 'TS//HCS-O//OC'], accepts: ['S//HCS-P//NF', 'TS//HCS-O//OC/NF'] },
  { id: 56, asks: 'an unclassified document has no classified portion, nor a RESTRICTED one', rollsUp: [[['U', 'C'], 'CONFIDENTIAL'], [['U', 'S', 'U'], 'SECRET'], [['U', 'TS'], 'TOP SECRET'], [['U', '//DEU R//NF'], 'CONFIDENTIAL//FGI DEU//NOFORN']] },
  { id: 58, asks: 'a CONFIDENTIAL document has no higher portion', rollsUp: [[['C', 'S'], 'SECRET'], [['C', 'TS'], 'TOP SECRET']] },
  { id: 59, asks: 'a SECRET document has no TOP SECRET portion', rollsUp: [[['S', 'TS', 'C'], 'TOP SECRET']] },
  { id: 60, asks: 'SI of a portion is in the banner', rollsUp: [[['S//SI', 'S'], 'SECRET//SI']] },
  { id: 61, asks: 'GAMMA of a portion is in the banner', rollsUp: [[['TS//SI-G ABCD//OC/NF', 'S//SI//NF', 'TS//SI-XYZ//NF'], 'TOP SECRET//SI-G ABCD-XYZ//ORCON/NOFORN']] },
  { id: 62, asks: 'TALENT KEYHOLE of a portion is in the banner', rollsUp: [[['S//TK', 'TS'], 'TOP SECRET//TK']] },
  { id: 63, asks: 'HCS of a portion is in the banner', rollsUp: [[['S//HCS-P//NF', 'S//TK//NF'], 'SECRET//HCS-P/TK//NOFORN']] },
  { id: 64, asks: 'other governments’ information of a portion is in the banner, named or concealed', rollsUp: [[['S//FGI DEU//NF', '//CAN S//NF'], 'SECRET//FGI CAN DEU//NOFORN'], [['S//FGI DEU//NF', '//FGI S//NF'], 'SECRET//FGI//NOFORN']] },
  { id: 65, asks: 'a concealed source of a portion is concealed in the banner', rollsUp: [[['S//FGI//NF', '//CAN S//NF'], 'SECRET//FGI//NOFORN']] },
  { id: 66, asks: 'FOUO of a portion is in an unclassified banner without SBU and LES', rollsUp: [[['U//FOUO', 'U'], 'UNCLASSIFIED//FOUO'], [['U//FOUO', 'U//SBU'], 'UNCLASSIFIED//SBU'], [['U//FOUO', 'U//LES'], 'UNCLASSIFIED//LES']] },
  { id: 67, asks: 'ORCON of a portion is in the banner', rollsUp: [[['S//OC', 'S'], 'SECRET//ORCON'], [['S//OC', 'S//OC-USGOV'], 'SECRET//ORCON']] },
  { id: 68, asks: 'IMCON of a portion is in the banner', rollsUp: [[['S//IMC', 'TS'], 'TOP SECRET//IMCON']] },
  { id: 70, asks: 'NOFORN of a portion is in the banner', rollsUp: [[['S//NF', 'S//REL TO USA, GBR', 'S'], 'SECRET//NOFORN'], [['U//NF', 'S//RELIDO'], 'SECRET//NOFORN']] },
  { id: 71, asks: 'PROPIN of a portion is in the banner', rollsUp: [[['U//PR', 'S//NF'], 'SECRET//NOFORN/PROPIN']] },
  { id: 72, asks: 'RD of a portion is in the banner', rollsUp: [[['S//RD//NF', 'S//FRD//NF', 'S//NF'], 'SECRET//RD//NOFORN']] },
  { id: 73, asks: 'CNWDI of a portion is in the banner', rollsUp: [[['S//RD-CNWDI//NF', 'S//RD//NF'], 'SECRET//RD-CNWDI//NOFORN']] },
  { id: 74, asks: 'every SIGMA of RD is in the banner', rollsUp: [[['S//RD-SG 20//NF', 'S//RD-SG 14//NF'], 'SECRET//RD-SIGMA 14 20//NOFORN']] },
  { id: 75, asks: 'FRD of a portion is in the banner', rollsUp: [[['S//FRD//NF', 'S//TFNI//NF'], 'SECRET//FRD//NOFORN']] },
  { id: 77, asks: 'every SIGMA of FRD is in the banner', rollsUp: [[['S//FRD-SG 18//NF', 'S//FRD-SG 14//NF'], 'SECRET//FRD-SIGMA 14 18//NOFORN']] },
  { id: 78, asks: 'DOD UCNI of a portion is in an unclassified banner', rollsUp: [[['U//DCNI', 'U'], 'UNCLASSIFIED//DOD UCNI']] },
  { id: 79, asks: 'DOE UCNI of a portion is in an unclassified banner', rollsUp: [[['U//UCNI', 'U//DCNI'], 'UNCLASSIFIED//DOD UCNI/DOE UCNI']] },
  { id: 80, asks: 'DEA SENSITIVE of a portion is in the banner', rollsUp: [[['U//DSEN', 'S//NF'], 'SECRET//NOFORN/DEA SENSITIVE']] },
  { id: 81, asks: 'FISA of a portion is in the banner', rollsUp: [[['U//FISA', 'S//NF'], 'SECRET//NOFORN/FISA']] },
  { id: 84, asks: 'LIMDIS of a portion is in the banner', rollsUp: [[['U//DS', 'U'], 'UNCLASSIFIED//LIMDIS'], [['U//DS', 'S//NF'], 'SECRET//NOFORN//LIMDIS']], differs: 'the register leaves LIMDIS out of a classified banner (H.9, LIMDIS)' },
  { id: 85, asks: 'EXDIS of a portion is in the banner, without NODIS', rollsUp: [[['S//NF//XD', 'S//NF'], 'SECRET//NOFORN//EXDIS']] },
  { id: 86, asks: 'NODIS of a portion is in the banner', rollsUp: [[['S//NF//ND', 'S//NF//XD'], 'SECRET//NOFORN//NODIS']] },
  { id: 87, asks: 'SBU NOFORN makes a classified banner NOFORN', rollsUp: [[['U//SBU-NF', 'S//REL TO USA, GBR'], 'SECRET//NOFORN']] },
  { id: 88, asks: 'a banner is REL TO only if every classified portion is, and no unclassified one says otherwise', rollsUp: [[['S//REL TO USA, GBR', 'S'], 'SECRET//NOFORN'], [['S//REL TO USA, GBR', 'U//NF'], 'SECRET//NOFORN'], [['S//REL TO USA, GBR', 'U//RELIDO'], 'SECRET//NOFORN'], [['S//REL TO USA, GBR', 'U'], 'SECRET//REL TO USA, GBR']] },
  { id: 90, asks: 'with a REL TO portion the banner is not EYES ONLY', rollsUp: [[['S//REL TO USA, GBR', 'S//USA/GBR EYES ONLY'], 'SECRET//REL TO USA, GBR']] },
  { id: 95, asks: 'governments stand in order in FGI', reads: [['S//FGI NATO GBR DEU//NF', 'SECRET//FGI DEU GBR NATO//NOFORN']] },
  { id: 99, asks: 'a concealed owner stands alone', refuses: ['//FGI GBR S', '//GBR FGI S//NF'], accepts: ['//FGI S', '//GBR S'] },
  { id: 100, asks: 'owners stand in order', reads: [['//JOINT S USA GBR CAN//REL TO USA, CAN, GBR', '//JOINT SECRET CAN GBR USA//REL TO USA, CAN, GBR'], ['//NATO DEU S', '//DEU NATO SECRET']] },
  { id: 104, asks: 'SBU NOFORN of a portion is in an unclassified banner', rollsUp: [[['U//SBU-NF', 'U'], 'UNCLASSIFIED//SBU NOFORN']] },
  { id: 105, asks: 'SBU of a portion is in the banner, without SBU NOFORN', rollsUp: [[['U//SBU', 'U'], 'UNCLASSIFIED//SBU'], [['U//SBU', 'S//NF'], 'SECRET//NOFORN//SBU']], differs: 'the register leaves SBU out of a classified banner (H.9, SBU)' },
  { id: 107, asks: 'IMCON is SECRET or TOP SECRET', refuses: ['U//IMC', 'C//IMC'], accepts: ['S//IMC', 'TS//IMC/NF'] },
  { id: 108, asks: 'a TOP SECRET banner has a TOP SECRET portion', rollsUp: [[['S//SI', 'C'], 'SECRET//SI'], [['TS', 'S'], 'TOP SECRET']] },
  { id: 109, asks: 'a SECRET banner has a SECRET portion', rollsUp: [[['C', 'U//FOUO'], 'CONFIDENTIAL'], [['S', 'C'], 'SECRET']] },
  { id: 110, asks: 'a CONFIDENTIAL banner has a CONFIDENTIAL portion', rollsUp: [[['U//NF', 'U//PR'], 'UNCLASSIFIED//NOFORN/PROPIN'], [['C', 'U'], 'CONFIDENTIAL']] },
  { id: 111, asks: 'SI in the banner is in a portion', rollsUp: [[['TS//TK', 'TS'], 'TOP SECRET//TK']] },
  { id: 112, asks: 'GAMMA in the banner is in a portion', rollsUp: [[['TS//SI//OC', 'TS'], 'TOP SECRET//SI//ORCON']] },
  { id: 113, asks: 'TALENT KEYHOLE in the banner is in a portion', rollsUp: [[['TS//SI', 'TS'], 'TOP SECRET//SI']] },
  { id: 116, asks: 'HCS in the banner is in a portion', rollsUp: [[['TS//SI//NF', 'S//TK//NF'], 'TOP SECRET//SI/TK//NOFORN']] },
  { id: 121, asks: 'special access programs stand in order', reads: [['S//SAR-XR/BP/12//NF', 'SECRET//SAR-12/BP/XR//NOFORN']] },
  { id: 122, asks: 'KLONDIKE is SECRET or TOP SECRET', refuses: ['C//KDK//NF'], accepts: ['S//KDK//NF'], differs: klondike },
  { id: 123, asks: 'KLONDIKE is NOFORN', refuses: ['TS//KDK'], accepts: ['TS//KDK//NF'], differs: klondike },
  { id: 124, asks: 'another government’s portion is not RELIDO', refuses: ['//DEU S//RELIDO'], accepts: ['//DEU S//NF'], differs: 'the register lets other governments’ information be marked RELIDO (H.7)' },
  { id: 132, asks: 'a banner is RELIDO only if every classified portion is, and no unclassified one says otherwise', rollsUp: [[['S//RELIDO', 'C//RELIDO', 'U'], 'SECRET//RELIDO'], [['S//RELIDO', 'S'], 'SECRET//NOFORN'], [['S//RELIDO', 'U//REL TO USA, GBR'], 'SECRET//NOFORN']] },
  { id: 145, asks: 'LES of a portion is in the banner, without LES NOFORN', rollsUp: [[['U//LES', 'S//NF'], 'SECRET//NOFORN//LES'], [['U//LES', 'U'], 'UNCLASSIFIED//LES']] },
  { id: 146, asks: 'LES NOFORN makes a classified banner NOFORN', rollsUp: [[['U//LES-NF', 'S//RELIDO'], 'SECRET//NOFORN//LES']] },
  { id: 147, asks: 'LES NOFORN of a portion is LES in a classified banner', rollsUp: [[['U//LES-NF', 'S'], 'SECRET//NOFORN//LES']] },
  { id: 148, asks: 'LES and LES NOFORN do not stand together', refuses: ['U//LES/LES-NF'], accepts: ['U//LES', 'U//LES-NF'] },
  { id: 149, asks: 'LES NOFORN of a portion is in an unclassified banner', rollsUp: [[['U//LES-NF', 'U//FOUO', 'U//LES'], 'UNCLASSIFIED//LES NOFORN']] },
  { id: 154, asks: 'FOUO in the banner is in a portion', rollsUp: [[['U', 'U'], 'UNCLASSIFIED'], [['U//PR', 'U'], 'UNCLASSIFIED//PROPIN']] },
  { id: 163, asks: 'the controls of another owner are NATO’s only', refuses: ['//DEU TS//BOHEMIA', 'TS//BOHEMIA//NF', 'S//ATOMAL//FGI DEU//NF'], accepts: ['//CTS//BOHEMIA', '//NS//ATOMAL//OC', 'S//RD/ATOMAL//FGI NATO//NF'] },
  { id: 164, asks: 'RSEN is SECRET or TOP SECRET', refuses: ['U//RS', 'C//RS/NF'], accepts: ['S//RS', 'TS//TK//RS/NF'] },
  { id: 165, asks: 'RSEN of a portion is in the banner', rollsUp: [[['S//RS/NF', 'S//NF'], 'SECRET//RSEN/NOFORN']] },
  { id: 167, asks: 'countries of disclosure stand in order', reads: [['S//DISPLAY ONLY NATO, IRQ, AFG', 'SECRET//DISPLAY ONLY AFG, IRQ, NATO']] },
  { id: 168, asks: 'countries of disclosure stand behind DISPLAY ONLY only', refuses: ['S//AFG', 'S//AFG, IRQ'], accepts: ['S//DISPLAY ONLY AFG, IRQ'] },
  { id: 169, asks: 'DISPLAY ONLY, RELIDO and NOFORN exclude each other', refuses: ['S//NF/RELIDO', 'S//RELIDO/DISPLAY ONLY AFG', 'S//NF/DISPLAY ONLY AFG'], accepts: ['S//NF', 'S//RELIDO', 'S//DISPLAY ONLY AFG'] },
  { id: 173, asks: 'SIGMA of RD and FRD is classified', refuses: ['U//RD-SG 14', 'U//FRD-SG 14'], accepts: ['S//RD-SG 14//NF', 'TS//FRD-SG 14 18//NF'] },
  { id: 174, asks: 'RD, FRD and TFNI are classified', refuses: ['U//RD', 'U//FRD', 'U//TFNI'], accepts: ['C//RD//NF', 'S//FRD//NF', 'C//TFNI//NF'] },
  { id: 175, asks: 'CNWDI is SECRET or TOP SECRET', refuses: ['C//RD-CNWDI//NF'], accepts: ['S//RD-CNWDI//NF', 'TS//RD-CNWDI//NF'] },
  { id: 178, asks: 'atomic energy markings stand in order', reads: [['S//FRD/RD//NF', 'SECRET//RD/FRD//NOFORN'], ['S//RD-SG 18 14-CNWDI//NF', 'SECRET//RD-CNWDI-SIGMA 14 18//NOFORN']] },
  { id: 181, asks: 'DOD UCNI and DOE UCNI are unclassified', refuses: ['S//DCNI', 'C//UCNI'], accepts: ['U//DCNI', 'U//UCNI'] },
  { id: 183, asks: 'a SIGMA of RD has RD', refuses: ['S//SG 14//NF', 'S//SIGMA 14//NF'], accepts: ['S//RD-SG 14//NF'] },
  { id: 184, asks: 'a SIGMA of FRD has FRD', refuses: ['S//TFNI-SG 14//NF'], accepts: ['S//FRD-SG 14//NF'] },
  { id: 185, asks: 'CNWDI has RD', refuses: ['S//CNWDI//NF', 'S//FRD-CNWDI//NF'], accepts: ['S//RD-CNWDI//NF'] },
  { id: 186, asks: 'a sub-compartment of GAMMA has GAMMA', refuses: ['TS//ABCD//OC/NF', 'TS//SI ABCD//OC/NF'], accepts: ['TS//SI-G ABCD//OC/NF'] },
  { id: 187, asks: 'GAMMA has SI', refuses: ['TS//G//OC/NF', 'TS//GAMMA//OC/NF'], accepts: ['TS//SI-G//OC/NF'] },
  { id: 213, asks: 'DISPLAY ONLY says whom', refuses: ['S//DISPLAY ONLY', 'SECRET//NOFORN//DISPLAY ONLY'], accepts: ['S//DISPLAY ONLY AFG'] },
  { id: 214, asks: 'REL TO begins with USA', refuses: ['S//REL TO GBR', 'S//REL TO AUS, GBR'], accepts: ['S//REL TO USA, GBR'], reads: [['S//REL TO GBR, USA', 'SECRET//REL TO USA, GBR']] },
  { id: 217, asks: 'a concealed source stands alone', refuses: ['S//FGI FGI DEU//NF', 'S//FGI DEU FGI//NF'], accepts: ['S//FGI//NF', 'S//FGI DEU//NF'] },
  { id: 228, asks: 'FRD in the banner is in a portion', rollsUp: [[['S//TFNI//NF', 'S//NF'], 'SECRET//TFNI//NOFORN']] },
  { id: 229, asks: 'RD in the banner is in a portion', rollsUp: [[['S//FRD//NF', 'S//NF'], 'SECRET//FRD//NOFORN']] },
  { id: 230, asks: 'a SIGMA of FRD in the banner is in a portion', rollsUp: [[['S//FRD-SG 14//NF', 'S//FRD//NF'], 'SECRET//FRD-SIGMA 14//NOFORN']] },
  { id: 231, asks: 'a SIGMA of RD in the banner is in a portion', rollsUp: [[['S//RD//NF', 'S//FRD-SG 14//NF'], 'SECRET//RD//NOFORN']], differs: 'the register lists every SIGMA number with RD, whether it came with RD or FRD (H.6, SIGMA)' },
  { id: 233, asks: 'what names another government’s information is neither RELIDO nor DISPLAY ONLY', refuses: ['S//FGI DEU//RELIDO', 'S//FGI DEU//DISPLAY ONLY AFG'], accepts: ['S//FGI DEU//NF'], differs: 'the register lets other governments’ information be marked RELIDO and DISPLAY ONLY (H.7)' },
  { id: 234, asks: 'what conceals another government is neither RELIDO nor DISPLAY ONLY', refuses: ['S//FGI//RELIDO', 'S//FGI//DISPLAY ONLY AFG'], accepts: ['S//FGI//NF'], differs: 'the register lets other governments’ information be marked RELIDO and DISPLAY ONLY (H.7)' },
  { id: 236, asks: 'nothing stands twice', refuses: ['S//OC/OC', 'U//LES/LES', 'S//RD/RD//NF', 'S//SI/SI', 'S//NF/NF', 'S//REL TO USA, GBR/REL TO USA, FVEY'], accepts: ['S//OC', 'S//REL TO USA, GBR'] },
  { id: 241, asks: 'a compartment of RESERVE has RESERVE', refuses: ['TS//ABC//NF'], accepts: ['TS//RSV-ABC//NF'] },
  { id: 242, asks: 'RESERVE is SECRET or TOP SECRET', refuses: ['C//RSV-ABC', 'U//RSV-ABC'], accepts: ['S//RSV-ABC', 'TS//RSV-ABC'] },
  { id: 243, asks: 'RESERVE has a compartment', refuses: ['TS//RSV', 'S//RSV/SI'], accepts: ['TS//RSV-ABC'] },
  { id: 252, asks: 'NNPI is not RELIDO', refuses: ['S//RELIDO//NNPI'], accepts: ['S//NF//NNPI'], differs: 'NNPI is not in the register' },
  { id: 253, asks: 'atomic energy markings are known ones', refuses: ['S//RX//NF', 'S//RD-XYZ//NF', 'S//RD/XRD//NF'], accepts: ['S//RD//NF', 'U//DCNI'] },
  { id: 254, asks: 'classifications are known ones', refuses: ['X', '//DEU X', '//NX', 'COSMIC'], accepts: ['//DEU TS', '//NR', '//CTS', 'C'] },
  { id: 258, asks: 'dissemination controls are known ones', refuses: ['S//NOCONTRACT', 'S//NF/WNINTEL', 'S//OC/XX'], accepts: ['S//OC/NF', 'S//RS/IMC', 'U//FOUO/PR/DSEN/FISA'] },
  { id: 261, asks: 'other agencies’ controls are known ones', refuses: ['U//LES/XXX', 'S//NF//ACCM'], accepts: ['U//SSI', 'U//LES'] },
  { id: 262, asks: 'NATO’s controls are known ones', refuses: ['//CTS//BOHEMIAN', '//NS//ATOMIC'], accepts: ['//CTS//BALK', '//CTS//BOHEMIA', '//NS//ATOMAL'] },
  { id: 267, asks: 'SCI controls are known ones', refuses: ['TS//XX//NF', 'TS//SI/XNB//NF'], accepts: ['TS//SI/TK//NF'] },
  { id: 298, asks: 'TFNI of a portion is in the banner', rollsUp: [[['S//TFNI//NF', 'S//NF'], 'SECRET//TFNI//NOFORN']] },
  { id: 301, asks: 'ENDSEAL, ECRU and NONBOOK have SI', refuses: ['TS//EL//NF', 'TS//EU//NF', 'TS//NK//NF'], accepts: ['TS//SI-EU//NF', 'TS//SI-NK//NF', 'TS//SI/EL//NF'], differs: endseal },
  { id: 304, asks: 'KLONDIKE’s BLUEFISH has KLONDIKE', refuses: ['TS//BLFH//NF'], accepts: ['TS//KDK-BLFH//NF'], differs: klondike },
  { id: 305, asks: 'KLONDIKE’s IDITAROD has KLONDIKE', refuses: ['TS//IDIT//NF'], accepts: ['TS//KDK-IDIT//NF'], differs: klondike },
  { id: 306, asks: 'KLONDIKE’s KANDIK has KLONDIKE', refuses: ['TS//KAND//NF'], accepts: ['TS//KDK-KAND//NF'], differs: klondike },
  { id: 307, asks: 'a sub-compartment of BLUEFISH has BLUEFISH', refuses: ['TS//KDK ABCD//NF'], accepts: ['TS//KDK-BLFH ABCD//NF'], differs: klondike },
  { id: 308, asks: 'a sub-compartment of IDITAROD has IDITAROD', refuses: ['TS//KDK ABCD//NF'], accepts: ['TS//KDK-IDIT ABCD//NF'], differs: klondike },
  { id: 309, asks: 'a sub-compartment of KANDIK has KANDIK', refuses: ['TS//KDK ABCD//NF'], accepts: ['TS//KDK-KAND ABCD//NF'], differs: klondike },
  { id: 310, asks: 'ENDSEAL’s ECRU has ENDSEAL', refuses: ['TS//SI/EK//NF'], accepts: ['TS//SI/EL-EK//NF'], differs: endseal },
  { id: 311, asks: 'ENDSEAL’s NONBOOK has ENDSEAL', refuses: ['TS//SI/NK//NF'], accepts: ['TS//SI/EL-NK//NF'], differs: endseal },
  { id: 313, asks: 'NODIS is NOFORN', refuses: ['S//ND', 'S//REL TO USA, GBR//ND', 'U//ND'], accepts: ['S//NF//ND'] },
  { id: 314, asks: 'EXDIS is NOFORN', refuses: ['S//XD', 'S//RELIDO//XD', 'U//XD'], accepts: ['S//NF//XD'] },
  { id: 319, asks: 'REL TO names more than us', refuses: ['S//REL TO USA'], accepts: ['S//REL TO USA, GBR'] },
  { id: 320, asks: 'a banner is DISPLAY ONLY to those to whom every portion may be shown or given', rollsUp: [[['S//DISPLAY ONLY AFG, IRQ', 'S//REL TO USA, IRQ'], 'SECRET//DISPLAY ONLY IRQ'], [['S//DISPLAY ONLY AFG', 'S//REL TO USA, GBR'], 'SECRET//NOFORN'], [['S//DISPLAY ONLY AFG', 'S'], 'SECRET//NOFORN']] },
];

const span = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, n) => from + n);

/** The other rules by number, and why no text marking keeps or breaks them. */
export const notExpressible: Readonly<Record<string, readonly number[]>> = {
  'removed from the schema, or never published': [
    1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 15, 18, 19, 20, 21, 22, 23, 24, 25, 27, 29, 34, 36, 39, 46, 50, 51, 52, 53, 54, 55, 57, 69, 76, 82, 83, 89, 91, 92, 93, 94, 98, 101, 106, 114, 115, 117, 120, 131, 140, 144, 156, 160, 171, 172, 177, 182,
    212, 215, 216, 218, 220, 224, 232, 235, 247, 249, 302, 303, 312,
  ],
  'about the classification authority block: who classified, why, from what, and until when': [13, 14, 17, 133, 141, 142, 143, 176, 221, 246, 256, 299, 315, 316, 317],
  'about notices, points of contact and distribution statements beside the markings': [...span(127, 130), ...span(134, 139), ...span(150, 153), 155, 157, 158, 159, 161, 162, 222, 226, 227, ...span(237, 240), 244, 245, 248, 250, 251, 264],
  'about what a document claims to comply with': [119, 225, 255],
  'about the form of XML: elements, attributes, types, versions, dates, values coded twice': [2, 96, 102, 103, 118, 125, 126, 219, 223, ...span(268, 293), 295, 296, 297, 300],
  'about the dates from which values of a list are deprecated': [166, 170, 179, 180, ...span(188, 211)],
  'about lists that the register holds in restricted annexes: countries, groups, programs': [257, 259, 260, 263, 265, 266],
  'about a classification by compilation, which a person makes with a reason': [318],
  'advice that nothing can break': [97],
};

/** A text’s banner line; null when it is refused. */
function bannerOf(read: () => { readonly banner: string }): string | null {
  try {
    return read().banner;
  } catch (error) {
    if (isAppError(error, 'policy.bad-marking')) return null;
    throw error;
  }
}

/** What a rule asks and does not get here, one sentence each: empty when it is kept. */
export function brokenHere({ refuses = [], accepts = [], reads = [], rollsUp = [] }: IsmRule): string[] {
  const said = (banner: string | null): string => banner ?? 'refused';
  const rolled = rollsUp.map(([portions, banner]) => ({ portions, banner, answer: bannerOf(() => rollUpTexts(portions)) }));
  return [
    ...refuses.filter((text) => bannerOf(() => readMarking(text)) !== null).map((text) => `${text} is read`),
    ...accepts.filter((text) => bannerOf(() => readMarking(text)) === null).map((text) => `${text} is refused`),
    ...reads.map(([text, banner]) => ({ text, banner, answer: bannerOf(() => readMarking(text)) })).filter(({ banner, answer }) => answer !== banner).map(({ text, banner, answer }) => `${text} is ${said(answer)}, not ${banner}`),
    ...rolled.filter(({ banner, answer }) => answer !== banner).map(({ portions, banner, answer }) => `${portions.join(' + ')} is ${said(answer)}, not ${banner}`),
  ];
}

/** ISM-ID-00044. */
export function ismId(id: number): string {
  return `ISM-ID-${String(id).padStart(5, '0')}`;
}
