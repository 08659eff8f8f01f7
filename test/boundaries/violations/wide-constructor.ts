// as libs/quota/src/violation.ts
// rejected by no-restricted-syntax
export class Wrong {
  constructor(
    readonly a: string,
    readonly b: string,
    readonly c: string,
    readonly d: string,
    readonly e: string,
    readonly f: string,
  ) {}
}
