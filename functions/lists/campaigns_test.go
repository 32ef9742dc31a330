//go:build cgo

package lists_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/dangol/dangol/shared/crm/campaign"
	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/testkit/testenv"
)

// plan adds a campaign, a second after the one before, and returns its id.
func (s *shop) plan(f campaign.Fields) string {
	s.Helper()
	s.Time.Advance(time.Second)
	c := &campaign.Campaign{ID: s.IDs.New(id.Campaign), Fields: f}
	tx := s.tenant().Begin()
	tx.CreateCampaign(c)
	s.do(tx.Commit(s.Context()))
	return c.ID
}

// launch lets a campaign be under way.
func (s *shop) launch(campaignID string, status campaign.Status, audience int) {
	s.Helper()
	ctl, err := s.tenant().CampaignControl(s.Context(), campaignID)
	s.do(err)
	now := s.Time.Now()
	ctl.Status, ctl.LaunchedAt, ctl.Frozen = status, &now, &campaign.Frozen{At: now, Audience: audience}
	tx := s.tenant().Begin()
	tx.SaveControl(campaignID, ctl)
	s.do(tx.Commit(s.Context()))
}

func won(amount int64) *money.Money {
	return &money.Money{Amount: decimal.NewFromInt(amount), Currency: "KRW"}
}

// autumn is a workspace with four campaigns, and a neighbour with one.
func autumn(t *testing.T) (s *shop, ids []string) {
	t.Helper()
	s = open(t)
	of := func(b campaign.Brief, p campaign.Plan) { ids = append(ids, s.plan(campaign.Fields{Brief: b, Plan: p})) }
	of(campaign.Brief{Name: "가을 원두", Type: campaign.Target, Channel: "email", SegmentID: "seg_1", HoldoutPercent: 10}, campaign.Plan{Department: "마케팅", Budget: won(300_000), TargetCount: 500})
	of(campaign.Brief{Name: "Black Friday", Type: campaign.Target, Channel: "email"}, campaign.Plan{Description: "쿠폰 20 %", Budget: won(50_000)})
	of(campaign.Brief{Name: "나눔 행사", Type: campaign.Open, Channel: "sms", OwnerID: "usr_1"}, campaign.Plan{Department: "영업"})
	of(campaign.Brief{Name: "Christmas", Type: campaign.Target, Channel: "email"}, campaign.Plan{Budget: &money.Money{Amount: decimal.NewFromInt(900), Currency: "USD"}})
	s.launch(ids[0], campaign.Sending, 480)
	s.launch(ids[1], campaign.Sent, 90)
	s.feed(ids...)
	next := s.neighbour()
	next.feed(next.plan(campaign.Fields{Brief: campaign.Brief{Name: "가을 원두", Type: campaign.Target, Channel: "email"}}))
	return s, ids
}

func (s *shop) campaigns(query url.Values, header ...string) answer {
	s.Helper()
	return s.listed("/v1/campaigns", query, header...)
}

func TestAnyFieldFiltersCampaigns(t *testing.T) {
	s, ids := autumn(t)
	for filter, want := range map[string]string{
		`status eq draft`: "C나", `status in (sending,sent)`: "B가", `not status eq draft`: "B가", `type eq open`: "나", `channel eq EMAIL`: "CB가", `segmentId eq seg_1`: "가",
		`ownerId isNotEmpty`: "나", `department contains 마케팅`: "가", `description contains 쿠폰`: "B", `holdoutPercent gte 5`: "가", `targetCount gt 100`: "가", `audience lt 100`: "B",
		`budget gte 50000`: "B가", `budget gt "500 USD"`: "C", `budget isEmpty`: "C나", `launchedAt isEmpty`: "C나", `launchedAt inLast P1D and createdAt inLast P1D`: "B가",
		`campaign.name startsWith chris`: "C", `id eq ` + ids[2]: "나", `finishedAt isNotEmpty`: "", `name eq "black friday" or (status eq sending and channel eq email)`: "B가",
	} {
		a := s.campaigns(values("filter", filter))
		if got := a.who(); got != want || a.Total != int64(len([]rune(want))) || a.NextCursor != "" {
			t.Errorf("%s: got %q of %d, want %q", filter, got, a.Total, want)
		}
	}
	for _, d := range s.campaigns(values("filter", "status eq sent")).Data {
		if _, long := d["description"]; long || d["status"] != "sent" || d["frozen"] == nil {
			t.Errorf("got %v, want where it stands, without the long texts of its plan", d)
		}
	}
}

func TestCampaignsAreSearched(t *testing.T) {
	s, _ := autumn(t)
	for q, want := range map[string]string{"원두": "가", "ㄱㅇㅇㄷ": "", "ㄱㅇ": "가", "friday": "B", "쿠폰": "B", "행사 나눔": "나", "nobody": "", "500": ""} {
		if got := s.campaigns(values("q", q)).who(); got != want {
			t.Errorf("%q: got %q, want %q", q, got, want)
		}
	}
}

// Pages put together are the whole list, by whatever field it is sorted.
func TestAnyFieldSortsCampaigns(t *testing.T) {
	s, _ := autumn(t)
	for sort, want := range map[string]string{"createdAt": "가B나C", "-createdAt": "C나B가", "name": "BC가나", "status,-name": "나C가B", "-audience,name": "가BC나", "launchedAt,createdAt": "가B나C"} {
		s.inPages("/v1/campaigns", sort, want)
	}
}

func TestCampaignsAreCounted(t *testing.T) {
	s, _ := autumn(t)
	for by, want := range map[string]string{"status": "draft:2 sending:1 sent:1", "channel": "email:3 sms:1", "launchedAt": "2026-03:2 -:2", "holdoutPercent": "0:3 10:1"} {
		if got := s.counted("/v1/campaigns/groups", by, 4); got != want {
			t.Errorf("by %s: got %s, want %s", by, got, want)
		}
	}
}

// What somebody changed a moment ago is in their next list, before the feed brings it: a new one, one that was launched, and that a draft is gone.
func TestAWriterReadsTheCampaignsTheyWrote(t *testing.T) {
	s, ids := autumn(t)
	s.launch(ids[2], campaign.Sending, 7)
	made := s.plan(campaign.Fields{Brief: campaign.Brief{Name: "새해", Type: campaign.Target, Channel: "email"}})
	c, ctl, err := s.tenant().Campaign(t.Context(), ids[3])
	s.do(err)
	tx := s.tenant().Begin()
	tx.RemoveCampaign(c, ctl)
	s.do(tx.Commit(t.Context()))
	if a := s.campaigns(values("filter", "status eq draft")); a.Total != 2 {
		t.Errorf("others see %d drafts, want those of before", a.Total)
	}
	recent := []string{"Dangol-Recent", strings.Join([]string{ids[2], made, ids[3]}, ",")}
	if a := s.campaigns(values("filter", "status eq draft"), recent...); a.who() != "새" || a.Total != 1 {
		t.Errorf("the writer sees the drafts %q of %d", a.who(), a.Total)
	}
	if a := s.campaigns(values("filter", "audience eq 7"), recent...); a.who() != "나" {
		t.Errorf("the writer sees %q under way", a.who())
	}
	if a := s.campaigns(values("limit", "2")); a.who() != "새나" || a.Total == 0 || a.NextCursor == "" {
		t.Errorf("the plain list is %q of %d", a.who(), a.Total)
	}
}

func TestRefusalsOfCampaigns(t *testing.T) {
	s, _ := autumn(t)
	for _, c := range []struct{ path, name, value, want string }{
		{"/v1/campaigns", "filter", "colour eq red", "filter_invalid ?filter:rule_field_unknown"},
		{"/v1/campaigns", "filter", "orders.count gt 1", "filter_invalid ?filter:rule_node_unknown"},
		{"/v1/campaigns", "filter", "budget contains x", "filter_invalid ?filter:rule_op_unfit"},
		{"/v1/campaigns", "sort", "basedOnIds", "sort_invalid ?sort:sort_field"},
		{"/v1/campaigns/groups", "by", "colour", "groups_invalid ?by:groups_field"},
		{"/v1/campaigns/groups", "by", "budget", "groups_invalid ?by:groups_money"},
	} {
		if r := s.at(c.path, values(c.name, c.value)); r.Problem() != c.want {
			t.Errorf("%s %s: got %d %s, want %s", c.path, c.value, r.Status, r.Problem(), c.want)
		}
	}
	key := s.key("leads:read")
	if r := s.Do(t, testenv.Request{Method: http.MethodGet, Path: "/v1/campaigns", Token: key}); r.Status != http.StatusForbidden {
		t.Errorf("without the scope: %d", r.Status)
	}
}
