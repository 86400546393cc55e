package results_test

import (
	"fmt"
	"testing"

	"hegui/internal/results"
)

// Every platform is in one shard, and shards have about as many each, also where
// folders and names are numbered alike.
func TestShardsAreEven(t *testing.T) {
	const platforms = 2000
	for _, of := range []int{2, 3, 4, 8, 16, 20} {
		total := 0
		for index := 1; index <= of; index++ {
			has := 0
			for i := range platforms {
				if (results.Shard{Index: index, Of: of}).Has(fmt.Sprintf("bureau-%02d/platform-%06d", i%20, i)) {
					has++
				}
			}
			if even := platforms / of; has < even*3/4 || has > even*5/4 {
				t.Errorf("shard %d/%d has %d of %d platforms", index, of, has, platforms)
			}
			total += has
		}
		if total != platforms {
			t.Errorf("%d shards have %d platforms in all, want %d", of, total, platforms)
		}
	}
	if !(results.Shard{Index: 3, Of: 8}).Has("a") {
		t.Error("SHA-256 of \"a\" begins ca978112ca1bbdca, which is 2 modulo 8: the platform has left its shard")
	}
}
