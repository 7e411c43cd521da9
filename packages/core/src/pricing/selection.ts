/** What a buyer wants: so many of a type, at its price now. */
export interface Selection {
  readonly ticketTypeId: string;
  readonly name: string;
  readonly unitPrice: number;
  readonly quantity: number;
  /** A resale is priced by its seller: `source` is the listing. */
  readonly source: 'list_price' | 'resale_price';
  readonly sourceId: string;
}
