#!/usr/bin/env bash
# wapiti, sqlmap and testssl.sh against a Regain of its own: bounded, on loopback, with TLS. See docs/explanation/scanners.md.
set -euo pipefail
regain=$(realpath "${1:?usage: scan.sh PATH-TO-REGAIN [FOLDER-FOR-REPORTS]}")
reports=$(realpath -m "${2:-$(mktemp -d)}")
mkdir -p "$reports"
home=$(mktemp -d)
cd "$home"

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 90 -subj /CN=localhost \
  -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout key.pem -out certificate.pem 2>openssl.log
umask 077
printf 'root %s\nseal 1 %s\n' "$(openssl rand -hex 32)" "$(openssl rand -hex 32)" >keys
echo secret >smtp-password
cat >regain.toml <<END
keys = { file = "keys" }
[organisation]
name = "School"
time_zone = "Europe/Brussels"
home_country = "BE"
[server]
public_url = "https://localhost:$port"
listen = "127.0.0.1:$port"
other_hosts = ["localhost"]
tls = { certificate = "certificate.pem", key = "key.pem" }
[store]
path = "regain.db"
[secretariat]
name = "Secretariat"
email = "help@school.example"
[[realms]]
name = "school"
domains = ["school.example"]
[realms.directory]
kind = "embedded"
path = "accounts.db"
[realms.policy]
methods = ["email"]
gates = 1
[[channels]]
kind = "smtp"
server = "127.0.0.1"
port = 1
security = "starttls"
user_name = "regain"
password = { file = "smtp-password" }
from = "School <regain@school.example>"
END
printf 'user_name,given_name,family_name,alternate_email\nanna,Anna,A,anna@elsewhere.example\n' >people.csv
"$regain" user import people.csv --config regain.toml >import.log
"$regain" serve --config regain.toml >serve.log 2>&1 &
server=$!
trap 'kill $server; wait $server || true; rm -rf "$home"' EXIT
base="https://localhost:$port"
for _ in $(seq 100); do curl -ksf "$base/readyz" >/dev/null && break || sleep 0.1; done

# All that need neither a server elsewhere nor a list from the net.
modules=backup,brute_login_form,buster,cookieflags,crlf,csp,csrf,exec,file,htaccess,http_headers,https_redirect,ldap
modules+=,methods,permanentxss,redirect,shellshock,sql,ssl,timesql,upload,xss
wapiti --url "$base/" --scope folder --module "$modules" --max-scan-time 300 --max-attack-time 60 --verify-ssl 0 --flush-session \
  --store-session "$home/wapiti" --no-bugreport --format json --output "$reports/wapiti.json" >"$reports/wapiti.log" 2>&1 || true
python3 - "$reports/wapiti.json" <<'END'
import json, sys
report = json.load(open(sys.argv[1]))
found = [f"{kind}: {item['method']} {item['path']} {item['info']}"
         for part in ("vulnerabilities", "anomalies") for kind, items in report[part].items() for item in items]
print("wapiti:", len(found), "findings in", report["infos"].get("crawled_pages_nbr", "?"), "pages")
print("\n".join("  " + line for line in sorted(set(found))))
END

asks=(--batch --level=2 --risk=1 --technique=BEUSQ --threads=1 --timeout=10 --retries=0 --output-dir="$reports/sqlmap" --flush-session)
timeout 200 sqlmap -u "$base/recover" --forms --crawl=2 --csrf-token=token "${asks[@]}" >"$reports/sqlmap-forms.log" 2>&1 || true
timeout 100 sqlmap -u "$base/not-me?report=1&language=fr&realm=school" "${asks[@]}" >"$reports/sqlmap-query.log" 2>&1 || true
echo "sqlmap: $(cat "$reports"/sqlmap-*.log | grep -ci 'is vulnerable\|injection point') findings," \
  "$(cat "$reports"/sqlmap-*.log | grep -c 'testing for SQL injection on') parameters tried"

testssl --quiet --color 0 --warnings batch --jsonfile "$reports/testssl.json" "$base" >"$reports/testssl.log" 2>&1 || true
python3 - "$reports/testssl.json" <<'END'
import json, sys
# The certificate is this script's own, and what DNS and the scanner's openssl lack is not the server's.
others = ("cert_", "DNS_", "engine_problem")
bad = [item for item in json.load(open(sys.argv[1]))
       if item["severity"] in ("LOW", "MEDIUM", "HIGH", "CRITICAL", "WARN") and not item["id"].startswith(others)]
print("testssl.sh:", len(bad), "findings")
print("\n".join(f"  {item['severity']} {item['id']}: {item['finding']}" for item in bad))
END
kill -0 $server && echo "the server still runs; panics in its log: $(grep -c panicked serve.log || true)"
cp serve.log "$reports/"
echo "reports: $reports"
