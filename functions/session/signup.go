package session

import (
	"context"
	"errors"
	"net/http"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/crm/due"
	"github.com/dangol/dangol/shared/crm/servicemail"
	"github.com/dangol/dangol/shared/crm/user"
	"github.com/dangol/dangol/shared/crm/workspace"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/identity"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/tenants"
)

type signUpInput struct {
	Caller
	Body struct {
		Email    string `json:"email" doc:"The person's address; it becomes the name to log in with." example:"mina@cornerbean.kr"`
		Password string `json:"password" doc:"8 to 256 characters of any kind; not one of the thousands that everyone tries." example:"blue lamp river"`
		Company  string `json:"company" doc:"Name of the business." example:"Corner Bean"`
		Language string `json:"language,omitempty" doc:"ko or en; by default the one of Accept-Language." example:"ko"`
		TimeZone string `json:"timeZone,omitempty" doc:"IANA name; by default that of the language: Asia/Seoul or UTC." example:"Asia/Seoul"`
		Currency string `json:"currency,omitempty" doc:"ISO 4217; by default that of the language: KRW or USD." example:"KRW"`
	}
}

// entered is the answer of everything by which a person comes in.
type entered struct {
	SetCookie string `header:"Set-Cookie" doc:"The refresh cookie."`
	Body      session
}

type session struct {
	Workspace   *workspace.Workspace `json:"workspace"`
	User        *user.User           `json:"user"`
	AccessToken string               `json:"accessToken" doc:"Send it as Authorization: Bearer."`
	ExpiresIn   int                  `json:"expiresIn" doc:"Seconds until the access token runs out." example:"900"`
}

func (f *Feature) enter(g *identity.Grant, u *user.User, w *workspace.Workspace) *entered {
	return &entered{
		SetCookie: f.cookie(g.Refresh, g.Until).String(),
		Body:      session{Workspace: w, User: u, AccessToken: g.Access, ExpiresIn: int(g.Expires.Seconds())},
	}
}

// signUp makes a person, a workspace, a session and the mail that asks to verify the address, all or nothing. That an address is taken is told,
// since the person must know; the limits make it a poor way to try addresses, and the answer costs the same hash as any other.
func (f *Feature) signUp(ctx context.Context, in *signUpInput) (*entered, error) {
	tenant := f.env.IDs.New(id.Workspace)
	who, place, password, err := f.newcomer(ctx, tenant, in)
	if err != nil {
		return nil, err
	}
	owner := user.Membership{UserID: who.ID, Tenant: tenant, Role: user.Owner, CreatedAt: who.CreatedAt}
	tx := f.env.DB.Tenant(tenant).As(who.ID).Begin()
	tx.CreateTenant(place.tenant)
	tx.CreateWorkspace(place.workspace)
	tx.CreateUser(who, password)
	tx.AddMember(owner)
	tx.Schedule(due.Scores, "", due.NextNight(f.env.Clock.Now(), place.workspace.Zone()))
	tx.RequestMail(verification(who, place.workspace))
	grant, err := f.identity.Sessions.Open(tx, &identity.Proof{User: who, Methods: []string{"pwd"}, At: f.env.Clock.Now()}, owner, in.agent())
	if err != nil {
		return nil, err
	}
	out := f.enter(grant, who, place.workspace)
	err = api.Commit(ctx, tx, http.StatusCreated, out)
	if table.FailedLabel(err, store.LabelUserEmail) {
		return nil, errs.New(errs.Conflict, "email_taken").Add("/email", "email_taken").Because(err)
	}
	if err != nil {
		return nil, err
	}
	return out, nil
}

// provisioned is what a new business gets.
type provisioned struct {
	tenant    *tenants.Tenant
	workspace *workspace.Workspace
}

// newcomer checks all that was typed, naming every field that breaks a rule, before it counts the attempt and pays for the hash.
func (f *Feature) newcomer(ctx context.Context, tenant string, in *signUpInput) (*user.User, provisioned, store.Password, error) {
	b, now := in.Body, f.env.DB.Tenant(tenant).Now()
	wish := tenants.Wish{Company: b.Company, Language: b.Language, TimeZone: b.TimeZone, Currency: b.Currency,
		Browser: api.Language(ctx), Local: f.env.Settings.Local}
	var place provisioned
	var errPlace error
	place.tenant, place.workspace, errPlace = tenants.Provision(tenant, wish, now)
	email, errEmail := user.NormaliseEmail("/email", b.Email)
	errPassword := f.identity.Passwords.Check("/password", b.Password, email, b.Company)
	if err := together(errEmail, errPassword, errPlace); err != nil {
		return nil, place, store.Password{}, err
	}
	if err := f.trySignUp(ctx, in.address()); err != nil {
		return nil, place, store.Password{}, err
	}
	password, err := f.identity.Passwords.Hash(ctx, b.Password)
	who := &user.User{ID: f.env.IDs.New(id.User), Email: email, Language: place.workspace.Language, CreatedAt: now}
	return who, place, password, err
}

// together makes one refusal of several that name fields.
func together(all ...error) error {
	sum := errs.New(errs.Invalid, "validation_failed")
	for _, err := range all {
		var e *errs.Error
		if err != nil && !errors.As(err, &e) {
			return err
		}
		if err != nil {
			sum.Fields = append(sum.Fields, e.Fields...)
		}
	}
	return sum.OrNil()
}

// verification is the mail that asks a person to show that the address is theirs.
func verification(u *user.User, w *workspace.Workspace) *servicemail.Request {
	return &servicemail.Request{Kind: servicemail.Verification, UserID: u.ID, To: u.Email, Language: u.Language, Company: w.Company}
}
