/** The folder of this checkout. */
export const checkout: string;
//# sourceMappingURL=checkout.d.mts.map