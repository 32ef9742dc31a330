package store

import (
	"encoding/hex"
	"strconv"
	"time"

	"github.com/dangol/dangol/shared/table"
)

// The keys of the identity table. What is looked up before the tenant is known (a person, a session, a secret's hash) has a key of its own; what
// belongs to a tenant begins with it, like everything else.

func userPK(userID string) string { return "u#" + userID }

// userRecord is the person; the proofs and memberships stand in the same partition, so that a log-in is one query.
func userRecord(userID string) table.Key { return table.Key{PK: userPK(userID), SK: "usr"} }

func userPassword(userID string) table.Key { return table.Key{PK: userPK(userID), SK: "pwd"} }

func userMembership(userID, tenant string) table.Key {
	return table.Key{PK: userPK(userID), SK: "mem#" + tenant}
}

// userEmail is the item that makes an address unique over all workspaces.
func userEmail(email string) table.Key { return table.Key{PK: "e#" + email, SK: "e"} }

func sessionRecord(sessionID string) table.Key { return table.Key{PK: "s#" + sessionID, SK: "ses"} }

// sessionOfUser is the place (index 1) of a session among those of its person, by age.
func sessionOfUser(userID, sessionID string) table.Key {
	return table.Key{PK: userPK(userID) + "#ses", SK: sessionID}
}

// keyLookup is the item by which a presented API key is found.
func keyLookup(hash []byte) table.Key {
	return table.Key{PK: "k#" + hex.EncodeToString(hash), SK: "key"}
}

// apiKeys is the partition of a tenant's API keys. They are few, so that one strongly consistent query lists them.
func (k keys) apiKeys() string { return k.pk("keys") }

func (k keys) apiKey(keyID string) table.Key { return table.Key{PK: k.apiKeys(), SK: keyID} }

// tenancy is what the operator knows of the tenant.
func (k keys) tenancy() table.Key { return table.Key{PK: k.pk("tenant"), SK: "tenant"} }

// member is the place (index 1) of a membership in the list of a tenant's people.
func (k keys) member(userID string) table.Key { return table.Key{PK: k.pk("mem"), SK: userID} }

// attempts is the counter (in ops) of one subject's attempts in the window that begins at start. It belongs to no tenant: who knocks is not known.
func attempts(kind, subject string, start time.Time) table.Key {
	return table.Key{PK: "lim#" + kind + "#" + subject + "#" + strconv.FormatInt(start.Unix(), 10), SK: "lim"}
}
