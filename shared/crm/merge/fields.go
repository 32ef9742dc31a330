package merge

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/errs"
)

// Names are the fields that can be chosen beside "custom.<key>"; an address is chosen as a whole.
var Names = []string{"kind", "externalId", "name", "email", "phone", "birthDate", "gender", "address", "companyId", "ownerId", "tags", "lifecycleStage"}

// custom is the beginning of the name of a custom field.
const custom = "custom."

// values are the fields of a customer by name, as JSON holds them; custom fields each by their own.
type values map[string]any

func valuesOf(f customer.Fields) values {
	out, own := values{}, f.Custom
	f.Custom = nil
	text, err := json.Marshal(f)
	if err != nil || json.Unmarshal(text, &out) != nil {
		return values{} // fields that came from JSON always go back to it
	}
	for key, v := range own {
		out[custom+key] = v
	}
	return out
}

func (v values) fields() (f customer.Fields, err error) {
	plain, own := values{}, map[string]any{}
	for name, value := range v {
		if key, is := strings.CutPrefix(name, custom); is {
			own[key] = value
		} else {
			plain[name] = value
		}
	}
	text, err := json.Marshal(plain)
	if err != nil {
		return f, err
	}
	err = json.Unmarshal(text, &f)
	if len(own) > 0 {
		f.Custom = own
	}
	return f, err
}

// names are all fields that either has, in order.
func names(of ...values) []string {
	all := map[string]bool{}
	for _, v := range of {
		for name := range v {
			all[name] = true
		}
	}
	return slices.Sorted(maps.Keys(all))
}

// Fields returns the fields of one customer made of two: the chosen side's value; of a field that nobody chose, this one's, or else the other's. Tags are
// those of both. Errors, with the pointers of a body that holds the choices in "fields": option_unknown, too_many.
func Fields(this, other customer.Fields, choice map[string]Side) (customer.Fields, error) {
	if err := check(choice); err != nil {
		return customer.Fields{}, err
	}
	a, b, out := valuesOf(this), valuesOf(other), values{}
	for _, name := range names(a, b) {
		if v, is := pick(a[name], b[name], choice[name]); is {
			out[name] = v
		}
	}
	f, err := out.fields()
	if choice["tags"] == "" {
		f.Tags = union(this.Tags, other.Tags)
	}
	if len(f.Tags) > customer.MaxTags {
		return f, errs.InvalidField("/fields/tags", "too_many", "max", customer.MaxTags)
	}
	return f, err
}

// check refuses names of no field and sides that are neither.
func check(choice map[string]Side) error {
	refused := errs.New(errs.Invalid, "validation_failed")
	for _, name := range slices.Sorted(maps.Keys(choice)) {
		key, own := strings.CutPrefix(name, custom)
		known := slices.Contains(Names, name) || own && customer.ValidCustomKey(key)
		if side := choice[name]; !known || side != This && side != Other {
			refused.Add("/fields/"+name, "option_unknown", "value", string(side))
		}
	}
	return refused.OrNil()
}

// pick returns the value of a side, nil for none, and whether there is one.
func pick(this, other any, side Side) (any, bool) {
	switch {
	case side == Other:
		return other, other != nil
	case side == "" && this == nil:
		return other, other != nil
	}
	return this, this != nil
}

// union keeps each tag once; capitals make no difference.
func union(a, b []string) (out []string) {
	seen := map[string]bool{}
	for _, tag := range slices.Concat(a, b) {
		if key := strings.ToLower(tag); !seen[key] {
			seen[key], out = true, append(out, tag)
		}
	}
	return out
}

// Restored returns the fields of the customer who stays once the merge is taken back: what is as the merge left it is as before it; what someone has
// changed since stays, and so do tags that were added since.
func Restored(before, after, now customer.Fields) (customer.Fields, error) {
	a, b, c, out := valuesOf(before), valuesOf(after), valuesOf(now), values{}
	for _, name := range names(a, b, c) {
		v := c[name]
		if reflect.DeepEqual(b[name], c[name]) {
			v = a[name]
		}
		if v != nil {
			out[name] = v
		}
	}
	f, err := out.fields()
	f.Tags = slices.DeleteFunc(slices.Clone(now.Tags), func(tag string) bool {
		return slices.Contains(after.Tags, tag) && !slices.Contains(before.Tags, tag)
	})
	if len(f.Tags) == 0 {
		f.Tags = nil
	}
	return f, err
}
