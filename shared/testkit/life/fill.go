package life

import (
	"reflect"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/testkit/testenv"
)

// merged are the members of a customer who was merged into another: the lake has no row of such a one.
var merged = map[string]bool{"MergedInto": true, "Merged": true}

// Fill sets every field of a value to something, so that a test sees which ones a mapping leaves out; texts are named after the field, times are
// testenv.Start. What says that a record stands no more stays empty.
func Fill(v reflect.Value, name string) {
	switch at := v.Addr().Interface().(type) {
	case *time.Time:
		*at = testenv.Start()
		return
	case *money.Money:
		*at = money.Money{Amount: decimal.RequireFromString("12.5"), Currency: "USD"}
		return
	case *decimal.Decimal:
		*at = decimal.RequireFromString("1.25")
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			if tag, _, _ := strings.Cut(f.Tag.Get("json"), ","); f.IsExported() && tag != "-" && !merged[f.Name] {
				Fill(v.Field(i), f.Name)
			}
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		Fill(v.Elem(), name)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		Fill(v.Index(0), name)
	case reflect.String:
		v.SetString(strings.ToLower(name))
	case reflect.Int, reflect.Int64:
		v.SetInt(3)
	case reflect.Float64:
		v.SetFloat(0.5)
	case reflect.Bool:
		v.SetBool(true)
	}
}
