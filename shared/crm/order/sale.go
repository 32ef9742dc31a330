package order

import "time"

// Sale is what value and lifecycle need of an order, in 24 bytes: a business has ten million of them, and they are in memory together.
type Sale struct {
	At       int64 // when it was ordered, Unix milliseconds
	Units    int64 // the total in ten-thousandths of its currency; negative for a refund
	Currency Code
}

// Code is a currency as ISO 4217 writes it, three letters; zero for none.
type Code [4]byte

// CodeOf is the code of a currency.
func CodeOf(currency string) (c Code) {
	copy(c[:], currency)
	return c
}

func (c Code) String() string {
	n := len(c)
	for n > 0 && c[n-1] == 0 {
		n--
	}
	return string(c[:n])
}

// Refund says that money went back: it lowers revenue, and is no purchase and no order to count.
func (s Sale) Refund() bool { return s.Units < 0 }

// Time is when it was ordered, in UTC.
func (s Sale) Time() time.Time { return time.UnixMilli(s.At).UTC() }

// SaleOf is the sale that a brief tells of.
func SaleOf(b *Brief) Sale {
	return Sale{At: b.OrderedAt.UnixMilli(), Units: b.Total.Units(), Currency: CodeOf(b.Total.Currency)}
}

// SalesOf are the sales that briefs tell of, in their order.
func SalesOf(briefs []Brief) []Sale {
	out := make([]Sale, len(briefs))
	for i := range briefs {
		out[i] = SaleOf(&briefs[i])
	}
	return out
}
