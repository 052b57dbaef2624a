package web_test

import (
	"fmt"

	"github.com/plexus-kg/plexus/cmd/internal/web"
)

func Example() {
	first := web.Examples()[0]
	fmt.Println(first.Name)
	fmt.Println(first.Title)
	// Output:
	// 01-from-symptom-to-tests
	// From a symptom to its tests
}
