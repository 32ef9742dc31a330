package session

import (
	"context"
	"time"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/tenants"
)

// Limits on attempts (ASVS 6.1.1, 6.3.1). They are counted in the table, so that they hold over all instances and restarts. Nobody can lock
// another person out: the tight limit is for an address together with where the attempt comes from.
const (
	loginWindow  = 15 * time.Minute
	loginsEach   = 10    // failures of one e-mail address from one network address
	loginsFrom   = 100   // failures from one network address, whatever e-mail address they name
	loginsLocal  = 1_000 // the same on a laptop, where everybody comes from one address
	signUpWindow = time.Hour
	signUpsFrom  = 20 // workspaces from one network address
	resendWindow = time.Hour
	resendsEach  = 5 // verification mails to one person
)

// perAddress slows down one address, in the memory of one instance, at the operations that cost much or can be guessed at.
const perAddress = 50

// callsPerAddress is perAddress, or the limit of a laptop's plan, which is none.
func (f *Feature) callsPerAddress() api.Limit {
	if f.env.Settings.Local {
		return api.Limit(tenants.PlanOf(tenants.Local).CallsPer10s)
	}
	return perAddress
}

func (f *Feature) logins(email, address string) []store.Limit {
	from := store.Limit{Kind: "login.from", Subject: address, Most: loginsFrom, Window: loginWindow}
	if f.env.Settings.Local {
		from.Most = loginsLocal
	}
	return []store.Limit{{Kind: "login", Subject: email + "|" + address, Most: loginsEach, Window: loginWindow}, from}
}

func signUps(address string) store.Limit {
	return store.Limit{Kind: "signup", Subject: address, Most: signUpsFrom, Window: signUpWindow}
}

func resends(userID string) store.Limit {
	return store.Limit{Kind: "verification", Subject: userID, Most: resendsEach, Window: resendWindow}
}

// trySignUp counts a sign-up. On a laptop there is no limit: whoever can reach it owns it, and tests sign up by the hundred.
func (f *Feature) trySignUp(ctx context.Context, address string) error {
	if f.env.Settings.Local {
		return nil
	}
	return f.env.DB.Identity().Try(ctx, signUps(address))
}
