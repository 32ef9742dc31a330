package customer_test

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/dangol/dangol/shared/crm/consent"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/origin"
	"github.com/dangol/dangol/shared/crm/plainjson"
)

// anyCustomer has every member at times, with texts that the reader leaves to encoding/json among them.
func anyCustomer(t *rapid.T) customer.Customer {
	words, escaped := []string{"", "홍길동", "a@b.kr"}, []string{`5" tray`, "<b>"}
	maybe := func(name string) bool { return rapid.Bool().Draw(t, name) }
	if maybe("escapes") {
		words = append(words, escaped...)
	}
	word := func(name string) string { return rapid.SampledFrom(words).Draw(t, name) }
	at := func(name string) time.Time { return time.UnixMilli(rapid.Int64Range(0, 4e12).Draw(t, name)).UTC() }
	c := customer.Customer{ID: word("id"), Sample: maybe("sample"), CreatedAt: at("createdAt"), UpdatedAt: at("updatedAt"), MergedInto: word("mergedInto"), Fields: customer.Fields{
		Kind: rapid.SampledFrom([]customer.Kind{"", customer.Consumer, customer.Channel}).Draw(t, "kind"), ExternalID: word("externalId"), Name: word("name"), Email: word("email"),
		Phone: word("phone"), BirthDate: word("birthDate"), Gender: word("gender"), CompanyID: word("companyId"), OwnerID: word("ownerId"), LifecycleStage: word("stage"),
		Address: customer.Address{Line1: word("line1"), Line2: word("line2"), City: word("city"), Region: word("region"), PostalCode: word("postalCode"), Country: word("country")},
		Tags:    rapid.SliceOfN(rapid.SampledFrom([]string{"vip", "단골"}), 0, 2).Draw(t, "tags")}}
	if maybe("custom") {
		c.Custom = map[string]any{"size": 42.5, "vip": true, "none": nil, "note": word("note"), "colours": []any{"red", "blue"},
			"budget": map[string]any{"amount": "12.50", "currency": "KRW"}}
	}
	if maybe("consents") {
		slot := rapid.SampledFrom([]string{"email.marketing", "pigeon.marketing"}).Draw(t, "slot")
		c.Consents = consent.States{slot: rapid.SampledFrom([]consent.State{consent.Granted, consent.Withdrawn, "unknown"}).Draw(t, "state")}
		c.ConsentsSince = consent.Since{slot: at("since")}
	}
	if maybe("imported") {
		c.Origin = origin.By("imp_1", rapid.Int64Range(0, 9).Draw(t, "row"), 3)
	}
	if maybe("archived") {
		when := at("archivedAt")
		c.ArchivedAt, c.Merged = &when, []string{"cus_1", "cus_2"}
	}
	return c
}

func TestReadMembersReadsWhatJSONReads(t *testing.T) {
	read := 0
	rapid.Check(t, func(t *rapid.T) {
		text, err := json.Marshal(anyCustomer(t))
		if err != nil {
			t.Fatal(err)
		}
		r := plainjson.Of(text)
		got := customer.ReadMembers(r)
		if r.Skip(`}`); !r.Done() {
			return
		}
		read++
		var want customer.Customer
		if err := json.Unmarshal(text, &want); err != nil || !reflect.DeepEqual(*got, want) {
			t.Errorf("%s:\ngot  %+v\nwant %+v, %v", text, *got, want, err)
		}
	})
	if read < 3 {
		t.Errorf("%d customers were read: the others were left to encoding/json", read)
	}
}

// A member that the reader does not know, or one in another place, is left to encoding/json.
func TestReadMembersLeavesOtherForms(t *testing.T) {
	const times = `,"createdAt":"2026-03-02T12:00:00Z","updatedAt":"2026-03-02T12:00:00Z"}`
	for _, text := range []string{`{}`, `{"id":"a"}`, `{"id":"a","new":1` + times, `{"id":"a","name":"b","kind":"business"` + times, `{"id":"a","address":{"street":"x"}` + times,
		`{"id":"a","name":"\u003cb\u003e"` + times, `{"id":"a","tags":[]` + times, `{"id":"a","createdAt":"yesterday","updatedAt":"2026-03-02T12:00:00Z"}`} {
		r := plainjson.Of([]byte(text))
		customer.ReadMembers(r)
		if r.Skip(`}`); r.Done() {
			t.Errorf("%s was read", text)
		}
	}
}
