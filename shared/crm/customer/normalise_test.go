package customer_test

import (
	"encoding/json"
	"math"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/dangol/dangol/shared/crm/customer"
)

func TestNormaliseBringsFieldsIntoOneForm(t *testing.T) {
	got, err := customer.Normalise(customer.Fields{
		Name:      "  김\u1112\u1161\u11ab ",
		Email:     " Kim@Exämple.COM ",
		Phone:     "010-1234-5678",
		BirthDate: "1984-02-29",
		Gender:    "여성",
		Address:   customer.Address{City: "서울\n", Country: "kor"},
		Tags:      []string{" VIP ", "vip", "", "단골"},
		Custom:    map[string]any{"size": json.Number("27.5"), "colours": []any{"red", "blue"}, "gone": nil, "member": true},
	}, "KR")
	want := customer.Fields{
		Kind:      customer.Consumer,
		Name:      "김한",
		Email:     "kim@xn--exmple-cua.com",
		Phone:     "+821012345678",
		BirthDate: "1984-02-29",
		Gender:    "female",
		Address:   customer.Address{City: "서울", Country: "KR"},
		Tags:      []string{"VIP", "단골"},
		Custom:    map[string]any{"size": 27.5, "colours": []string{"red", "blue"}, "member": true},
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v, %v\nwant %+v", got, err, want)
	}
	again, err := customer.Normalise(got, "US")
	if err != nil || !reflect.DeepEqual(again, want) {
		t.Errorf("a second time gives %+v, %v", again, err)
	}
}

func TestNormaliseNamesEveryBrokenRule(t *testing.T) {
	for name, c := range map[string]struct {
		in   customer.Fields
		want string
	}{
		"nobody":               {customer.Fields{Gender: "f"}, ":customer_unidentified"},
		"only an external id":  {customer.Fields{ExternalID: "A-1"}, ""},
		"e-mail without at":    {customer.Fields{Email: "kim"}, "/email:email_invalid"},
		"e-mail with a name":   {customer.Fields{Email: "Kim <kim@example.com>"}, "/email:email_invalid"},
		"e-mail without dot":   {customer.Fields{Email: "kim@localhost"}, "/email:email_invalid"},
		"two e-mails":          {customer.Fields{Email: "a@example.com, b@example.com"}, "/email:email_invalid"},
		"phone too short":      {customer.Fields{Phone: "1234"}, "/phone:phone_invalid"},
		"phone with extension": {customer.Fields{Phone: "02-312-3456 ext. 12"}, "/phone:phone_invalid"},
		"no such day":          {customer.Fields{Name: "a", BirthDate: "1985-02-29"}, "/birthDate:date_invalid"},
		"no such country":      {customer.Fields{Name: "a", Address: customer.Address{Country: "Utopia"}}, "/address/country:country_unknown"},
		"no such kind":         {customer.Fields{Name: "a", Kind: "friend"}, "/kind:option_unknown"},
		"no such gender":       {customer.Fields{Name: "a", Gender: "?"}, "/gender:option_unknown"},
		"long name":            {customer.Fields{Name: strings.Repeat("가", 201)}, "/name:value_too_long"},
		"too many tags":        {customer.Fields{Name: "a", Tags: distinct(51)}, "/tags:too_many"},
		"key with a capital":   {customer.Fields{Name: "a", Custom: map[string]any{"Size/1": "L"}}, "/custom/Size~11:custom_key_invalid"},
		"value that is a map":  {customer.Fields{Name: "a", Custom: map[string]any{"size": map[string]any{}}}, "/custom/size:custom_value_invalid"},
		"no number":            {customer.Fields{Name: "a", Custom: map[string]any{"size": math.NaN()}}, "/custom/size:custom_value_invalid"},
		"list of numbers":      {customer.Fields{Name: "a", Custom: map[string]any{"size": []any{1.0}}}, "/custom/size/0:custom_value_invalid"},
		"several at once":      {customer.Fields{Email: "x", Phone: "y"}, "/email:email_invalid /phone:phone_invalid"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := customer.Normalise(c.in, "KR")
			if got := problems(err); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestPhone(t *testing.T) {
	for in, want := range map[string]string{
		"01012345678":       "+821012345678",
		"010 1234 5678":     "+821012345678",
		"+82 10-1234-5678":  "+821012345678",
		"(02) 312-3456":     "+8223123456",
		"1588-1234":         "+8215881234",
		"０１０-1234-5678":     "+821012345678",
		"+1 555 555 0100":   "+15555550100",
		"+44 20 7946 0958":  "+442079460958",
		"010-123":           "refused",
		"전화 없음":             "refused",
		"+999 123 456 7890": "refused",
	} {
		got, ok := customer.Phone(in, "kr")
		if !ok {
			got = "refused"
		}
		if got != want {
			t.Errorf("Phone(%q) = %q, want %q", in, got, want)
		}
	}
}

func distinct(n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = strconv.Itoa(i)
	}
	return out
}

func problems(err error) string {
	if err == nil {
		return ""
	}
	return strings.TrimPrefix(err.Error(), "validation_failed ")
}
