package smtp_test

import (
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/dangol/dangol/shared/mail"
	"github.com/dangol/dangol/shared/mail/smtp"
	"github.com/dangol/dangol/shared/testkit/smtpsink"
)

// The goal is 10,000 messages of 3 kB a second with 24 callers, the sink being on the same two cores.
func BenchmarkSend3kB(b *testing.B) {
	sink, err := smtpsink.Start(smtpsink.Options{CountOnly: true})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = sink.Close() }()
	sender, err := smtp.Open(sink.URL(), smtp.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = sender.Close() }()
	line := "단골 손님을 위한 겨울 행사입니다. <a href=\"https://hana.example/c/abcdefghijkl\">See it</a>\n"
	html, text := strings.Repeat(line, 1500/len(line)), strings.Repeat(line, 700/len(line))
	var n atomic.Int64
	b.SetParallelism(12)
	b.ReportAllocs()
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			m := mail.Message{
				ID: fmt.Sprint("msg_", n.Add(1)), From: mail.Address{Name: "단골", Email: "shop@hana.example"}, To: mail.Address{Email: "minji@customer.example"},
				Subject: "겨울 행사가 시작되었습니다", HTML: html, Text: text, Headers: []mail.Header{{Name: "List-Unsubscribe", Value: "<https://hana.example/u/abcdefghijklmnop>"}},
			}
			if err := sender.Send(b.Context(), m); err != nil {
				b.Error(err)
			}
		}
	})
	accepted, duplicates, _ := sink.Counts()
	if accepted != int(n.Load()) || duplicates != 0 {
		b.Errorf("sent %d, accepted %d with %d twice", n.Load(), accepted, duplicates)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "mails/s")
}
