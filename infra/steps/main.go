// Command steps does what CloudFormation cannot: before a deploy it makes the stage's secrets, after it the console is put into its bucket, and before and
// after a destroy it clears away what would stand in the way or stay behind. `make deploy` and `make destroy` call it, with the stage in DANGOL_STAGE.
package main

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"os/signal"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/ssm"
	"github.com/aws/aws-sdk-go-v2/service/sts"

	"github.com/dangol/dangol/infra/stage"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "steps:", err)
		os.Exit(1)
	}
}

// steps are the commands, each of which may be repeated.
var steps = map[string]func(*place, context.Context) error{
	"begin":        (*place).begin,
	"bootstrapped": (*place).bootstrapped,
	"console":      (*place).console,
	"empty":        (*place).empty,
	"forget":       (*place).forget,
}

func run(ctx context.Context, args []string) error {
	if len(args) != 1 || steps[args[0]] == nil {
		return fmt.Errorf("use: steps begin|bootstrapped|console|empty|forget")
	}
	p, err := open(ctx)
	if err != nil {
		return err
	}
	return steps[args[0]](p, ctx)
}

// place is a stage in an account.
type place struct {
	stage  string
	region string
	stack  *cloudformation.Client
	files  *s3.Client
	params *ssm.Client
}

// credentialsMissing says in one line what to do.
const credentialsMissing = "no AWS credentials that work: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (`aws configure sso` makes a profile)"

func open(ctx context.Context) (*place, error) {
	cfg, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", credentialsMissing, err)
	}
	cfg.Region = cmp.Or(os.Getenv("DANGOL_REGION"), cfg.Region)
	if cfg.Region == "" {
		return nil, fmt.Errorf("no region: set DANGOL_REGION or AWS_REGION, such as ap-northeast-2")
	}
	if _, err := cfg.Credentials.Retrieve(ctx); err != nil {
		return nil, fmt.Errorf("%s: %w", credentialsMissing, err)
	}
	who, err := sts.NewFromConfig(cfg).GetCallerIdentity(ctx, nil)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", credentialsMissing, err)
	}
	p := &place{
		stage: cmp.Or(os.Getenv("DANGOL_STAGE"), "dev"), region: cfg.Region, stack: cloudformation.NewFromConfig(cfg), params: ssm.NewFromConfig(cfg),
		files: s3.NewFromConfig(cfg, func(o *s3.Options) { o.UsePathStyle = cfg.BaseEndpoint != nil }),
	}
	fmt.Printf("stage %s in %s, account %s\n", p.stage, p.region, aws.ToString(who.Account))
	return p, nil
}

// buckets are the names of the stack's buckets whose logical ids begin so; none when there is no stack.
func (p *place) buckets(ctx context.Context, prefix string) (names []string, err error) {
	pages := cloudformation.NewListStackResourcesPaginator(p.stack, &cloudformation.ListStackResourcesInput{StackName: aws.String(stage.Stack(p.stage))})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil && strings.Contains(err.Error(), "does not exist") {
			return nil, nil
		}
		if err != nil {
			return nil, fmt.Errorf("look into %s: %w", stage.Stack(p.stage), err)
		}
		for _, r := range page.StackResourceSummaries {
			if aws.ToString(r.ResourceType) == "AWS::S3::Bucket" && strings.HasPrefix(aws.ToString(r.LogicalResourceId), prefix) && r.PhysicalResourceId != nil {
				names = append(names, *r.PhysicalResourceId)
			}
		}
	}
	return names, nil
}
