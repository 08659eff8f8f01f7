/** Where a customer's message is kept until a draft is made of it. */
export const messageKey = (personId: string) => `draft.${personId}.customer-message`;
