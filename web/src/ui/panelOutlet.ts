/** The frame leaves this place at the right of the list; the panel moves the list aside and never covers it on a wide screen. Apart from the panel, which only lists load. */
export const panelOutlet = 'dg-panel';
