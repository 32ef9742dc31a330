package campaignsend

import (
	"errors"
	"runtime"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/crm/campaign"
	"github.com/dangol/dangol/shared/mail/smtp"
	"github.com/dangol/dangol/shared/queue"
	"github.com/dangol/dangol/shared/testkit/campaignkit"
	"github.com/dangol/dangol/shared/testkit/smtpsink"
)

// BenchmarkSend sends a campaign to an SMTP sink on loopback with the durable ledger, on as many workers as the host runs. The sink shares the
// machine. Run it with -benchtime=1x; a round is one campaign.
func BenchmarkSend(b *testing.B) {
	const people, workers = 20_000, 4
	for b.Loop() {
		b.StopTimer()
		kit := campaignkit.New(b)
		t := kit.Tenant(b, "a")
		sink, err := smtpsink.Start(smtpsink.Options{CountOnly: true})
		if err != nil {
			b.Fatal(err)
		}
		sender, err := smtp.Open("smtp://"+sink.Addr(), smtp.Options{Clock: clock.System{}})
		if err != nil {
			b.Fatal(err)
		}
		kit.Env.Mail = sender
		_, calls := kit.Campaign(b, t, kit.Customers(b, t, people, nil), campaign.Plan{})
		w := New(kit.Env)
		b.StartTimer()
		began, used := time.Now(), cpu(b)
		var wg sync.WaitGroup
		work := make(chan queue.Message, len(calls))
		for _, c := range calls {
			work <- campaignkit.Message(c)
		}
		close(work)
		for range workers {
			wg.Go(func() {
				for m := range work {
					if failed, err := w.Handle(b.Context(), []queue.Message{m}); err != nil || len(failed) > 0 {
						b.Errorf("failed %v, %v", failed, err)
					}
				}
			})
		}
		wg.Wait()
		b.StopTimer()
		b.ReportMetric(people/time.Since(began).Seconds(), "messages/s")
		b.ReportMetric((cpu(b)-used).Seconds()/people*1000, "CPU-s/1000")
		var mem runtime.MemStats
		runtime.ReadMemStats(&mem)
		b.ReportMetric(float64(mem.HeapSys)/1e6, "MB-heap")
		if got, twice, _ := sink.Counts(); got != people || twice > 0 {
			b.Errorf("got %d mails, %d of them twice, want %d", got, twice, people)
		}
		if err := errors.Join(sender.Close(), sink.Close()); err != nil {
			b.Error(err)
		}
		b.StartTimer()
	}
}

// cpu returns the processor time that this process, sink included, has used.
func cpu(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
