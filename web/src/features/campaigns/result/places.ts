/** Which messages the list of people shows; kept in the address. */
export const places = { people: '' };
