// Package user is the person who works in Dangol: how one is known, which workspace one belongs to, and what a role or a key may do there.
package user

import (
	"time"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/errs"
)

// User is one person. The address is unique over all workspaces; proofs of who one is (a password today) are kept apart from it.
type User struct {
	ID              string     `json:"id"`
	Email           string     `json:"email"`
	Language        string     `json:"language"` // ko or en: of the mail that the person gets from us
	EmailVerifiedAt *time.Time `json:"emailVerifiedAt,omitempty"`
	CreatedAt       time.Time  `json:"createdAt"`
	Version         int64      `json:"-"`
}

// Membership is a person's place in one workspace.
type Membership struct {
	UserID    string    `json:"userId"`
	Tenant    string    `json:"tenant"`
	Role      Role      `json:"role"`
	CreatedAt time.Time `json:"createdAt"`
}

// Role names what a member may do.
type Role string

// Owner may do everything, and alone may hand out API keys. Further roles join this table with the team (product.md A2).
const Owner Role = "owner"

// roles is what each role may do.
var roles = map[Role][]string{Owner: {"*"}}

// Scopes returns the rights of the role; none for a role that is not known.
func (r Role) Scopes() []string { return roles[r] }

// NormaliseEmail returns the address in the one form under which a person is known, as customer.Email makes it; anything else, and nothing, is
// field code email_invalid at pointer.
func NormaliseEmail(pointer, address string) (string, error) {
	email, ok := customer.Email(address)
	if !ok || email == "" {
		return "", errs.InvalidField(pointer, "email_invalid")
	}
	return email, nil
}
