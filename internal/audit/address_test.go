package audit

import (
	"strings"
	"testing"
)

func TestAddresses(t *testing.T) {
	own := []string{"oa.yunzhou", "10.1.2.3"}
	for address, want := range map[string]bool{
		"https://": false, "https:///x": false, "https://x": false, "https://10.0.0.1/x": false, "https://192.168.1.1/x": false, "https://127.0.0.1/": false,
		"https://localhost/x": false, "https://oa.local/x": false, "https://user:pass@www.yunzhou.gov.cn/x": false, "https://user@www.yunzhou.gov.cn/": false,
		"https://www.yunzhou.gov.cn/a b": false, "https://www.yunzhou.gov.cn\\x": false, "https://www.yunzhou.gov.cn:99999/": false, "https://www.yunzhou.gov.cn:0/": false,
		"https://[64:ff9b::a00:1]/x": false, "https://[2002:a00:1::]/": false, "https://[fec0::1]/": false, "https://www.example.org/": false, "https://" + strings.Repeat("a.", 130) + "cn/": false,
		"https://[2400:3200::1]/": true, "https://[::1]/x": false, "https://[fd00::1]/x": false, "https://100.64.0.1/": false, "https://0.0.0.0/": false, "https://169.254.1.1/": false,
		"https://203.0.113.9/": false, "https://2130706433/": false, "https://127.1/": false, "https://a..cn/": false, "https://-a.cn/": false, "https://a_b.cn/": false,
		"https:www.yunzhou.gov.cn": false, "http://www.yunzhou.gov.cn/x": false, "ftp://www.yunzhou.gov.cn/x": false, "https://www.yunzhou.gov.cn/\u200b": false,
		"https://www.yunzhou.gov.cn/files/2026/1.pdf": true, "https://www.yunzhou.gov.cn:8443/x?y=1#z": true, "https://政务.中国/x": true, "https://WWW.Yunzhou.GOV.cn./": true,
		"https://223.5.5.5/x": true, "https://oa.yunzhou/x": true, "https://10.1.2.3/x": true, "https://10.1.2.4/x": false,
	} {
		if reaches(address, own) != want {
			t.Errorf("%q reaches a host: %v", address, !want)
		}
	}
}
