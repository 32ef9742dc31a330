package customer

import (
	"github.com/dangol/dangol/shared/crm/consent"
	"github.com/dangol/dangol/shared/crm/origin"
	"github.com/dangol/dangol/shared/crm/plainjson"
)

// ReadMembers reads the members of a customer as they are stored, from the brace that opens the record up to where it ends or goes on with others. The reader says
// whether they were in the form that it reads.
func ReadMembers(r *plainjson.Reader) *Customer {
	c := &Customer{}
	r.Skip(`{"id":`)
	c.ID = r.String()
	readFields(r, &c.Fields)
	if r.Has(`,"consents":{`) {
		c.Consents = consent.States{}
		r.Members(func(slot []byte) { c.Consents[consent.SlotOf(slot)] = consent.StateOf(r.Quoted()) })
	}
	if r.Has(`,"consentsSince":{`) {
		c.ConsentsSince = consent.Since{}
		r.Members(func(slot []byte) { c.ConsentsSince[consent.SlotOf(slot)] = r.Time() })
	}
	if r.Has(`,"origin":`) {
		c.Origin = origin.Read(r)
	}
	c.Sample = r.Has(`,"sample":true`)
	r.Skip(`,"createdAt":`)
	c.CreatedAt = r.Time()
	r.Skip(`,"updatedAt":`)
	c.UpdatedAt = r.Time()
	readEnd(r, c)
	return c
}

// readEnd reads what a customer has who is archived or was merged.
func readEnd(r *plainjson.Reader, c *Customer) {
	if r.Has(`,"archivedAt":`) {
		at := r.Time()
		c.ArchivedAt = &at
	}
	c.MergedInto = r.Optional(`,"mergedInto":`)
	if r.Has(`,"merged":[`) {
		c.Merged = r.Strings()
	}
}

// readFields reads what a person may set, each behind a comma.
func readFields(r *plainjson.Reader, f *Fields) {
	f.Kind = readKind(r)
	f.ExternalID = r.Optional(`,"externalId":`)
	f.Name = r.Optional(`,"name":`)
	f.Email = r.Optional(`,"email":`)
	f.Phone = r.Optional(`,"phone":`)
	f.BirthDate = r.Optional(`,"birthDate":`)
	f.Gender = r.Optional(`,"gender":`)
	if r.Has(`,"address":{`) {
		readAddress(r, &f.Address)
	}
	f.CompanyID = r.Optional(`,"companyId":`)
	f.OwnerID = r.Optional(`,"ownerId":`)
	if r.Has(`,"tags":[`) {
		f.Tags = r.Strings()
	}
	if r.Has(`,"custom":{`) {
		f.Custom = map[string]any{}
		r.Members(func(key []byte) { f.Custom[string(key)] = r.Any() })
	}
	f.LifecycleStage = r.Optional(`,"lifecycleStage":`)
}

// readKind keeps the kinds that there are in memory once.
func readKind(r *plainjson.Reader) Kind {
	if r.Has(`,"kind":"consumer"`) {
		return Consumer
	}
	return Kind(r.Optional(`,"kind":`))
}

func readAddress(r *plainjson.Reader, a *Address) {
	r.Members(func(name []byte) {
		if part := partOf(a, name); part != nil {
			*part = r.String()
		} else {
			r.Refuse()
		}
	})
}

func partOf(a *Address, name []byte) *string {
	switch string(name) {
	case "line1":
		return &a.Line1
	case "line2":
		return &a.Line2
	case "city":
		return &a.City
	case "region":
		return &a.Region
	case "postalCode":
		return &a.PostalCode
	case "country":
		return &a.Country
	}
	return nil
}
