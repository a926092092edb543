/** Why a picture cannot be read; the code is part of the reason that is shown. */
export class PictureFailure extends Error {
  readonly kind: 'too-large' | 'damaged' | 'not-decoded';

  constructor(kind: PictureFailure['kind'], cause?: unknown) {
    super(kind, cause === undefined ? undefined : { cause });
    this.name = 'PictureFailure';
    this.kind = kind;
  }
}
