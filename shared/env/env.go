// Package env is what a function is given to work with: the ports and settings of the place it runs in.
package env

import (
	"io"
	"log/slog"
	"time"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/lake/ask"
	"github.com/dangol/dangol/shared/mail"
	"github.com/dangol/dangol/shared/queue"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
)

// Env holds the ports. The host makes one for all functions; a Lambda makes its own.
type Env struct {
	DB    *store.DB
	Table table.Table // for what belongs to no tenant: identity, limits, schedules
	Queue queue.Queue
	Blob  blob.Blob // all objects; work on a tenant's with Objects
	Lakes ask.Lakes // where the row says Cgo; ask a tenant's with Lake
	Mail  mail.Sender
	Clock clock.Clock
	IDs   *id.Maker
	Rand  io.Reader // cryptographic randomness
	Log   *slog.Logger

	Settings Settings
}

// Objects returns the object store in the tenant's name. The id must come from where store.DB.Tenant's comes from.
func (e *Env) Objects(tenant string) blob.Blob { return blob.For(e.Blob, tenant) }

// Lake returns the lake of a tenant, for questions in its name. The id must come from where store.DB.Tenant's comes from.
func (e *Env) Lake(tenant string) (ask.Lake, error) { return e.Lakes.Of(tenant, e.Objects(tenant)) }

// Settings differ from place to place.
type Settings struct {
	BaseURL string // public address without a trailing slash: links in mails, upload URLs
	Keys    Keys
	From    mail.Address // sender of service mail, and of campaigns until a workspace has its own
	// Local is true on a laptop: the refresh cookie has its plain name, plans have no limits.
	Local bool
	// Alone is since when this process is the only one that works, on a laptop; zero where others work too. What a worker had claimed before is
	// nobody's then, and its lease need not be waited for.
	Alone time.Time
	// Upkeep is how long a lake that changed waits for its compaction, so that what comes meanwhile costs none of its own; two minutes if 0.
	Upkeep time.Duration
	// LakeLag is how far the lakes may be behind the table while all is well: whoever must miss nothing waits so long.
	LakeLag time.Duration
	// Margin is how long before its deadline a worker stops and leaves the rest to its next hop.
	Margin time.Duration
}

// Keys are the secrets of an installation: made once, kept in the data folder or in Secrets Manager.
type Keys struct {
	Cursor  []byte // 32 bytes: seals list cursors
	Links   []byte // 32 bytes: signs tracking, unsubscribe and verification links
	Blob    []byte // 32 bytes: signs upload and download links of the folder engine
	Pepper  []byte // 32 bytes: mixed into the hash of API keys and refresh tokens
	Signing []byte // PKCS #8 P-256: signs access tokens
}
