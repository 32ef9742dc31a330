package main

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"time"
)

// The mail of the campaign: personal, with a link to track, about 3 kB as MIME text.
const (
	mailSubject = "{{ customer.name }}님, 이번 주에 볶은 원두예요"
	mailHTML    = `<html><body style="font-family:sans-serif"><h1>{{ customer.name | default: "고객" }}님 안녕하세요</h1>
<p>지난번에 고르신 원두와 어울리는 세 가지를 골랐어요. {{ customer.address.region }}에는 내일 도착해요.</p>
<p><a href="https://shop.example.com/beans?week=47">이번 주 원두 보기</a></p>
<p>The roast of the week is an Ethiopian natural with notes of blueberry and jasmine. We roast on Monday and Thursday and send on the same day.</p>
<p>궁금한 점은 이 메일에 답장해 주세요. <a href="{{ unsubscribe_url }}">수신거부</a></p></body></html>`
	mailText = "{{ customer.name }}님 안녕하세요\n\n이번 주 원두: https://shop.example.com/beans?week=47\n수신거부: {{ unsubscribe_url }}\n"
)

type campaignReport struct {
	Status   string
	Audience int
	Counts   struct{ Planned, Accepted, Skipped, Failed, Uncertain, Pending, Canceled int }
}

// sendTimes are seconds since launch.
type sendTimes struct{ first, last float64 }

func benchCampaign(ctx context.Context, b *bench) ([]result, error) {
	c, err := b.largeWorkspace(ctx, false)
	if err != nil {
		return nil, err
	}
	id, err := c.prepareCampaign(ctx)
	if err != nil {
		return nil, err
	}
	used, peak := b.host.meter(), b.host.peakMemory()
	watch := b.watchSink(b.o.customers)
	if err := c.do(ctx, http.MethodPost, "/v1/campaigns/"+id+"/launch", nil, nil); err != nil {
		return nil, err
	}
	report, err := await(ctx, c, "/v1/campaigns/"+id+"/report", 100*time.Millisecond, func(r campaignReport) (bool, error) {
		return r.Counts.Planned > 0 && r.Counts.Pending == 0 && r.Counts.Accepted+r.Counts.Skipped+r.Counts.Failed+r.Counts.Uncertain >= b.o.customers, nil
	})
	times, u, m := watch(), used(), peak()
	if err == nil && report.Counts.Accepted != b.o.customers {
		err = fmt.Errorf("not all were accepted: %+v", report.Counts)
	}
	if err != nil {
		return nil, err
	}
	return campaignResults(float64(b.o.customers), times, u, m), nil
}

func campaignResults(n float64, t sendTimes, u usage, m memory) []result {
	return []result{
		{what: "campaign of " + thousands(n) + " over SMTP, a synced row each: launch to last message", value: n / t.last, unit: "messages/s", target: 6000, bound: u.busy()},
		{what: "of it, first to last message", value: n / (t.last - t.first), unit: "messages/s"},
		{what: "of it, freezing the audience: launch to first message", value: t.first, unit: "s"},
		{what: "highest resident memory of the host during the campaign", value: m.resident, unit: "MB", target: 300, atMost: true,
			bound: fmt.Sprintf("%.0f MB of it anonymous", m.private)},
		{what: "CPU per 1,000 messages, host", value: u.host / n * 1000, unit: "s", bound: fmt.Sprintf("load and sink took %.3f s more", u.load/n*1000)},
	}
}

// prepareCampaign makes segment, template and plan.
func (c *client) prepareCampaign(ctx context.Context) (id string, err error) {
	made := func(path string, body map[string]any) (string, error) {
		var m struct{ ID string }
		err := c.do(ctx, http.MethodPost, path, body, &m)
		return m.ID, err
	}
	segment, err := made("/v1/segments", map[string]any{"name": "모두", "rule": map[string]any{"all": []any{}}})
	if err != nil {
		return "", err
	}
	template, err := made("/v1/templates", map[string]any{"name": "이번 주 원두", "subject": mailSubject, "html": mailHTML, "text": mailText})
	if err != nil {
		return "", err
	}
	return made("/v1/campaigns", map[string]any{"name": "Bench", "type": "target", "channel": "email", "segmentId": segment, "templateId": template,
		"holdoutPercent": 0})
}

// watchSink notes when the first message and the n-th came, to the millisecond; the function it returns ends the watch.
func (b *bench) watchSink(n int) func() sendTimes {
	begin, before, done := time.Now(), b.received(), make(chan struct{})
	var t sendTimes
	var wg sync.WaitGroup
	wg.Go(func() {
		for {
			switch got := b.received() - before; {
			case got >= n:
				t.last = time.Since(begin).Seconds()
				return
			case got > 0 && t.first == 0:
				t.first = time.Since(begin).Seconds()
			}
			select {
			case <-done:
				return
			case <-time.After(time.Millisecond):
			}
		}
	})
	return func() sendTimes {
		close(done)
		wg.Wait()
		if t.last == 0 { // the report was final before the n-th message was seen
			t.last = time.Since(begin).Seconds()
		}
		return t
	}
}

func (b *bench) received() int {
	n, _, _ := b.sink.Counts()
	return n
}
