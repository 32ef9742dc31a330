// Package product is what a business sells, as far as orders and campaigns name it.
package product

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/errs"
)

// Fields are what a person or program may set. ExternalID is the shop system's own number, unique in the workspace.
type Fields struct {
	ExternalID string      `json:"externalId,omitempty"`
	Name       string      `json:"name"`
	Category   string      `json:"category,omitempty"`
	Price      money.Money `json:"price,omitzero"`
}

// Product is one product of one tenant.
type Product struct {
	ID string `json:"id"`
	Fields
	Sample    bool      `json:"sample,omitempty"`
	CreatedAt time.Time `json:"createdAt"`
	UpdatedAt time.Time `json:"updatedAt"`
	Version   int64     `json:"-"`
}

// maxText bounds a product's texts, in characters.
const maxText = 200

// Normalise trims the texts and reports every rule that is broken: a name is needed, the price is in a known currency.
func Normalise(f Fields) (Fields, error) {
	refused := errs.New(errs.Invalid, "validation_failed")
	for pointer, text := range map[string]*string{"/name": &f.Name, "/externalId": &f.ExternalID, "/category": &f.Category} {
		if *text = strings.TrimSpace(*text); utf8.RuneCountInString(*text) > maxText {
			refused.Add(pointer, "value_too_long", "max", maxText)
		}
	}
	if f.Name == "" {
		refused.Add("/name", "required_missing")
	}
	if f.Price.Currency != "" && !money.ValidCurrency(f.Price.Currency) {
		refused.Add("/price", "currency_unknown", "value", f.Price.Currency)
	}
	return f, refused.OrNil()
}
