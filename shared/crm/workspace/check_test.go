package workspace_test

import (
	"strings"
	"testing"

	"github.com/dangol/dangol/shared/crm/lifecycle"
	"github.com/dangol/dangol/shared/crm/score"
	"github.com/dangol/dangol/shared/crm/workspace"
)

func good() workspace.Workspace {
	return workspace.Workspace{Company: "단골상회", Language: "ko", TimeZone: "Asia/Seoul", Currency: "KRW", Country: "KR", AttributionDays: 7,
		Forecasts: workspace.UsualForecasts(), Lifecycle: lifecycle.Usual(), RFM: score.UsualRFM()}
}

func TestCheck(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*workspace.Workspace)
		want   string
	}{
		"good":                  {func(*workspace.Workspace) {}, ""},
		"a sender":              {func(w *workspace.Workspace) { w.SenderName, w.SenderEmail = "단골", "hi@shop.kr" }, ""},
		"not a sender":          {func(w *workspace.Workspace) { w.SenderEmail = "hi@shop" }, "/senderEmail:email_invalid"},
		"no country":            {func(w *workspace.Workspace) { w.Country = "" }, "/country:country_unknown"},
		"no window":             {func(w *workspace.Workspace) { w.AttributionDays = 0 }, "/attributionDays:below_minimum"},
		"a step that is none":   {func(w *workspace.Workspace) { w.Onboarding = map[string]bool{"fly": true} }, "/onboarding/fly:option_unknown"},
		"a step skipped":        {func(w *workspace.Workspace) { w.Onboarding = map[string]bool{"segment": true} }, ""},
		"a company of 100":      {func(w *workspace.Workspace) { w.Company = strings.Repeat("가", 100) }, ""},
		"a company of 101":      {func(w *workspace.Workspace) { w.Company = strings.Repeat("가", 101) }, "/company:too_long"},
		"no discount":           {func(w *workspace.Workspace) { w.DiscountPercent = 0 }, ""},
		"a negative discount":   {func(w *workspace.Workspace) { w.DiscountPercent = -0.5 }, "/discountPercent:below_minimum"},
		"a discount of 101 %":   {func(w *workspace.Workspace) { w.DiscountPercent = 101 }, "/discountPercent:above_maximum"},
		"nothing left":          {func(w *workspace.Workspace) { w.MarginPercent = 0 }, "/marginPercent:below_minimum"},
		"more left than paid":   {func(w *workspace.Workspace) { w.MarginPercent = 100.1 }, "/marginPercent:above_maximum"},
		"the model of spend":    {func(w *workspace.Workspace) { w.ScoreModel = score.GammaGamma }, "/scoreModel:option_unknown"},
		"bounds that fall":      {func(w *workspace.Workspace) { w.RFM.Bounds.Orders = []int{2, 2, 5, 10} }, "/rfm/bounds/orders:bounds_invalid"},
		"three bounds":          {func(w *workspace.Workspace) { w.RFM.Bounds.Days = []int{30, 90, 180} }, "/rfm/bounds/days:bounds_invalid"},
		"a coding of its own":   {func(w *workspace.Workspace) { w.RFM.Coding = "sixths" }, "/rfm/coding:option_unknown"},
		"a rule that is none":   {func(w *workspace.Workspace) { w.Lifecycle.NewDays = 0 }, "/lifecycle/newDays:below_minimum"},
		"the machine's zone":    {func(w *workspace.Workspace) { w.TimeZone = "Local" }, "/timeZone:format_invalid"},
		"a zone out of nowhere": {func(w *workspace.Workspace) { w.TimeZone = "../../etc/passwd" }, "/timeZone:format_invalid"},
	} {
		t.Run(name, func(t *testing.T) {
			w := good()
			c.change(&w)
			got := ""
			if err := w.Check(); err != nil {
				got = strings.TrimPrefix(err.Error(), "validation_failed ")
			}
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// Names stand in mail headers: a line break in one would end it.
func TestCheckKeepsNamesToOneLine(t *testing.T) {
	w := good()
	w.SenderName = " Shop\r\nBcc: all@shop.kr "
	if err := w.Check(); err != nil || strings.ContainsAny(w.SenderName, "\r\n") {
		t.Errorf("got %q, %v", w.SenderName, err)
	}
}
