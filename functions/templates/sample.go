package templates

import (
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/template"
)

// sampleCustomer has the example of every variable that the editor offers.
func sampleCustomer(language string) *customer.Customer {
	v := map[string]string{}
	for _, offered := range template.SampleVariables(language) {
		v[offered.Path] = offered.Sample
	}
	return &customer.Customer{Fields: customer.Fields{
		Kind: customer.Kind(v["customer.kind"]), ExternalID: v["customer.externalId"], Name: v["customer.name"], Email: v["customer.email"],
		Phone: v["customer.phone"], BirthDate: v["customer.birthDate"], Gender: v["customer.gender"], LifecycleStage: v["customer.lifecycleStage"],
		Tags: []string{v["customer.tags"]},
		Address: customer.Address{Line1: v["customer.address.line1"], Line2: v["customer.address.line2"], City: v["customer.address.city"],
			Region: v["customer.address.region"], PostalCode: v["customer.address.postalCode"], Country: v["customer.address.country"]},
	}}
}
