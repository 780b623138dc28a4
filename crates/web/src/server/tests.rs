//! Clients that are slow, silent, rude or gone: each holds up only itself.

use super::*;
use crate::answer::bare;
use std::pin::pin;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};
use tokio::sync::Notify;

/// Longer than any test runs: what does not end before, does not end.
const LONG: Duration = Duration::from_secs(3600);
const SOON: Duration = Duration::from_millis(50);
/// When a test gives up. Generous, since tests share the machine with compilers.
const GIVE_UP: Duration = Duration::from_secs(60);

const PEER: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

/// More than the buffers between two ends take.
const BIG: usize = 16 * 1024 * 1024;

/// Pages of no product, which count how they are asked.
#[derive(Default)]
struct Sample {
    /// Requests under way, and the most there were.
    works: AtomicUsize,
    works_most: AtomicUsize,
    begun: Notify,
    go_on: Notify,
    ended: Notify,
    refused: Mutex<Vec<u16>>,
}

impl Pages for Sample {
    fn is_proxy(&self, _: IpAddr) -> bool {
        false
    }

    async fn answer(&self, head: &Parts, body: Bytes, _: IpAddr) -> Answer {
        let works = self.works.fetch_add(1, SeqCst) + 1;
        self.works_most.fetch_max(works, SeqCst);
        match head.uri.path() {
            "/bug" => panic!("a bug, for the test"),
            "/hang" => std::future::pending().await,
            "/step" => {
                self.begun.notify_one();
                self.go_on.notified().await;
                self.ended.notify_one();
            }
            _ => {}
        }
        self.works.fetch_sub(1, SeqCst);
        match head.uri.path() {
            "/big" => bare(StatusCode::OK, "text/plain", vec![b'x'; BIG]),
            _ => bare(StatusCode::OK, "text/plain", body),
        }
    }

    fn refuse(&self, _: &Parts, status: StatusCode, _: IpAddr) -> Answer {
        self.refused.lock().expect("no test panics with it").push(status.as_u16());
        bare(status, "text/plain", "refused")
    }
}

fn patient() -> Limits {
    Limits { connections: 100, handshake: LONG, body: LONG, answer: LONG, patience: LONG, proxy_patience: LONG }
}

/// One connection in memory: the client's end, and what ends when the server has ended it.
fn connect(pages: &Arc<Sample>, limits: Limits) -> (DuplexStream, tokio::task::JoinHandle<()>) {
    let (client, server) = duplex(64 * 1024);
    let pages = Arc::clone(pages);
    let task = tokio::spawn(async move {
        let place = Arc::new(Places::new(1).take(PEER, false).await);
        let line = Line { pages, peer: PEER, place, limits, patience: limits.patience };
        let ending = GracefulShutdown::new();
        let watcher = ending.watcher();
        line.hold(|line| line.talk(server, watcher)).await;
    });
    (client, task)
}

/// A listener on this machine.
async fn listen(pages: &Arc<Sample>, limits: Limits, tls: Option<Tls>) -> std::net::SocketAddr {
    let tcp = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = tcp.local_addr().expect("a bound socket has an address");
    tokio::spawn(serve(Arc::clone(pages), Listener { tcp, tls, limits }, std::future::pending()));
    address
}

async fn soon<T>(future: impl Future<Output = T>) -> T {
    tokio::time::timeout(GIVE_UP, future).await.expect("it ends")
}

/// Sends a request and reads the whole answer, until the server closes.
async fn ask(stream: &mut (impl AsyncRead + AsyncWrite + Unpin), request: &str) -> String {
    stream.write_all(request.as_bytes()).await.expect("the server listens");
    let mut answer = Vec::new();
    let _ = soon(stream.read_to_end(&mut answer)).await;
    String::from_utf8_lossy(&answer).into_owned()
}

fn get(path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
}

#[tokio::test]
async fn whoever_keeps_us_waiting_is_sent_away() {
    for begun in [
        "",
        "G",
        "PRI * HTTP/2.0\r\n\r\n",
        "GET / HTTP/1.1\r\nhost: x\r\ncookie: a",
        "GET / HTTP/1.1\r\nhost: x\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ] {
        let pages = Arc::new(Sample::default());
        let (mut client, ended) = connect(&pages, Limits { patience: SOON, ..patient() });
        client.write_all(begun.as_bytes()).await.expect("room for a few bytes");
        soon(ended).await.expect("no bug");
    }
}

#[tokio::test]
async fn whoever_does_not_read_the_answer_is_sent_away() {
    let pages = Arc::new(Sample::default());
    let (mut client, ended) = connect(&pages, Limits { patience: SOON, ..patient() });
    client.write_all(get("/big").as_bytes()).await.expect("room for a few bytes");
    soon(ended).await.expect("no bug");
}

#[tokio::test]
async fn a_body_that_does_not_come_is_not_waited_for() {
    let pages = Arc::new(Sample::default());
    let (mut client, _) = connect(&pages, Limits { body: SOON, ..patient() });
    let answer =
        ask(&mut client, "POST / HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 10\r\n\r\nabc").await;
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
}

#[tokio::test]
async fn whoever_is_being_answered_is_not_sent_away() {
    let pages = Arc::new(Sample::default());
    let (mut client, _) = connect(&pages, Limits { patience: Duration::ZERO, ..patient() });
    client.write_all(get("/step").as_bytes()).await.expect("room for a few bytes");
    soon(pages.begun.notified()).await;
    tokio::task::yield_now().await;
    pages.go_on.notify_one();
    let mut answer = String::new();
    let _ = soon(client.read_to_string(&mut answer)).await;
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 200"), "{answer}");
    soon(pages.ended.notified()).await;
}

#[tokio::test]
async fn silent_connections_keep_no_new_one_out() {
    let pages = Arc::new(Sample::default());
    let address = listen(&pages, Limits { connections: 8, ..patient() }, None).await;
    let mut silent = Vec::new();
    for _ in 0..50 {
        silent.push(TcpStream::connect(address).await.expect("the server listens"));
    }
    let mut client = TcpStream::connect(address).await.expect("the server listens");
    let answer = ask(&mut client, &get("/")).await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

#[tokio::test]
async fn answers_that_nobody_reads_keep_no_new_one_out() {
    let pages = Arc::new(Sample::default());
    let address = listen(&pages, Limits { connections: 4, ..patient() }, None).await;
    let mut deaf = Vec::new();
    for _ in 0..12 {
        let mut stream = TcpStream::connect(address).await.expect("the server listens");
        stream.write_all(get("/big").as_bytes()).await.expect("the server listens");
        deaf.push(stream);
    }
    let mut client = TcpStream::connect(address).await.expect("the server listens");
    let answer = ask(&mut client, &get("/")).await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

#[tokio::test]
async fn a_handshake_that_does_not_come_is_not_waited_for() {
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).expect("a certificate");
    let key = rustls::pki_types::PrivateKeyDer::try_from(made.signing_key.serialize_der()).expect("a key");
    let config = rustls::ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .expect("a pair");
    let pages = Arc::new(Sample::default());
    let address = listen(&pages, Limits { handshake: SOON, ..patient() }, Some(Tls::new(config))).await;
    for begun in [&b""[..], &[0x16, 0x03, 0x01, 0x02, 0x00, 0x01]] {
        let mut client = TcpStream::connect(address).await.expect("the server listens");
        client.write_all(begun).await.expect("the server listens");
        let mut rest = Vec::new();
        let _ = soon(client.read_to_end(&mut rest)).await;
    }
}

#[tokio::test]
async fn a_client_that_goes_away_ends_no_step() {
    let pages = Arc::new(Sample::default());
    let (mut client, ended) = connect(&pages, patient());
    client.write_all(get("/step").as_bytes()).await.expect("room for a few bytes");
    soon(pages.begun.notified()).await;
    drop(client);
    soon(ended).await.expect("no bug");
    pages.go_on.notify_one();
    soon(pages.ended.notified()).await;
}

#[tokio::test]
async fn a_bug_ends_one_request_and_not_the_server() {
    let pages = Arc::new(Sample::default());
    let address = listen(&pages, patient(), None).await;
    for (path, status) in [("/bug", "500"), ("/", "200")] {
        let mut client = TcpStream::connect(address).await.expect("the server listens");
        let answer = ask(&mut client, &get(path)).await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{answer}");
    }
    assert_eq!(*pages.refused.lock().expect("no test panics with it"), [500]);
}

#[tokio::test]
async fn an_answer_that_takes_too_long_is_given_up() {
    let pages = Arc::new(Sample::default());
    let (mut client, _) = connect(&pages, Limits { answer: SOON, ..patient() });
    let answer = ask(&mut client, &get("/hang")).await;
    assert!(answer.starts_with("HTTP/1.1 504"), "{answer}");
}

/// Requests over whose end a proxy and we could disagree, and those that are too much.
#[tokio::test]
async fn ambiguous_and_oversize_requests_are_refused() {
    let post = |headers: &str| format!("POST / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{headers}\r\n");
    let many: String = (0..=HEADERS_MAX).map(|n| format!("x-{n}: 1\r\n")).collect();
    for (request, status) in [
        (post("transfer-encoding: chunked\r\n") + "3\r\nabc\r\n0\r\n\r\n", "411"),
        (post("content-length: 3\r\ntransfer-encoding: chunked\r\n") + "0\r\n\r\n", "411"),
        (post("transfer-encoding: chunked\r\ncontent-length: 3\r\n") + "0\r\n\r\n", "411"),
        (post("transfer-encoding: xchunked\r\n"), "400"),
        (post("content-length: 3\r\ncontent-length: 4\r\n") + "abcd", "400"),
        (post("content-length: -1\r\n"), "400"),
        (post("content-length: 41000\r\n") + &"x".repeat(41_000), "413"),
        (post(&many), "431"),
        (post(&format!("x: {}\r\n", "y".repeat(HEAD_BYTES_MAX))), "431"),
        (post("a b: 1\r\n"), "400"),
        (post("x : 1\r\n"), "400"),
        (post("x: 1\r\n y\r\n"), "400"),
        ("GET / HTTP/9.9\r\nhost: x\r\n\r\n".to_owned(), "400"),
    ] {
        let pages = Arc::new(Sample::default());
        let (mut client, _) = connect(&pages, patient());
        let answer = ask(&mut client, &request).await;
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status}")),
            "{:?}: {answer}",
            &request[..request.len().min(120)]
        );
        assert_eq!(pages.works_most.load(SeqCst), 0, "no page was asked: {answer}");
    }
}

/// HTTP/2 by hand (RFC 9113): what no client of good will sends.
mod http2 {
    use super::*;

    pub const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    const HEADERS: u8 = 1;
    const RST_STREAM: u8 = 3;
    const SETTINGS: u8 = 4;
    const PING: u8 = 6;

    pub fn frame(kind: u8, flags: u8, stream: u32, body: &[u8]) -> Vec<u8> {
        let length = u32::try_from(body.len()).expect("a small frame").to_be_bytes();
        [&length[1..], &[kind, flags], &stream.to_be_bytes(), body].concat()
    }

    /// GET of a path: static table entries, and two literals (RFC 7541 §6).
    pub fn get(stream: u32, path: &str) -> Vec<u8> {
        let length = |text: &str| u8::try_from(text.len()).expect("a short text");
        let block = [&[0x82, 0x86, 0x04, length(path)], path.as_bytes(), &[0x01, 1, b'x']].concat();
        frame(HEADERS, 0x05, stream, &block)
    }

    pub fn reset(stream: u32) -> Vec<u8> {
        frame(RST_STREAM, 0, stream, &8_u32.to_be_bytes())
    }

    pub fn settings(pairs: &[(u16, u32)]) -> Vec<u8> {
        let body: Vec<u8> =
            pairs.iter().flat_map(|(id, value)| [&id.to_be_bytes()[..], &value.to_be_bytes()].concat()).collect();
        frame(SETTINGS, 0, 0, &body)
    }

    pub fn ping() -> Vec<u8> {
        frame(PING, 0, 0, &[0; 8])
    }

    /// CVE-2023-44487.
    #[tokio::test]
    async fn streams_that_are_opened_and_taken_back_end_their_connection() {
        let pages = Arc::new(Sample::default());
        let (client, _ended) = connect(&pages, patient());
        let (mut read, mut write) = tokio::io::split(client);
        let flood = tokio::spawn(async move {
            let _ = write.write_all(&[PREFACE, &settings(&[])].concat()).await;
            for n in 0..10_000 {
                if write.write_all(&[get(2 * n + 1, "/hang"), reset(2 * n + 1)].concat()).await.is_err() {
                    break;
                }
            }
            write
        });
        let mut all = Vec::new();
        let mut bytes = [0; 4096];
        let goodbye = async {
            loop {
                match read.read(&mut bytes).await {
                    Ok(0) | Err(_) => return,
                    Ok(length) => all.extend_from_slice(&bytes[..length]),
                }
                // ENHANCE_YOUR_CALM (RFC 9113 §7) in a GOAWAY without a reason to close otherwise.
                if all.windows(4).any(|part| part == 11_u32.to_be_bytes()) {
                    return;
                }
            }
        };
        soon(goodbye).await;
        flood.abort();
        assert!(pages.works_most.load(SeqCst) <= 32, "{} at once", pages.works_most.load(SeqCst));
    }

    #[tokio::test]
    async fn a_window_of_nothing_holds_no_connection_open() {
        let pages = Arc::new(Sample::default());
        let (mut client, ended) = connect(&pages, Limits { patience: SOON, ..patient() });
        let streams: Vec<u8> = (0..10).flat_map(|n| get(2 * n + 1, "/big")).collect();
        client.write_all(&[PREFACE, &settings(&[(4, 0)]), &streams].concat()).await.expect("room for a few bytes");
        soon(ended).await.expect("no bug");
    }

    #[tokio::test]
    async fn pings_and_settings_hold_no_connection_open() {
        let pages = Arc::new(Sample::default());
        let (mut client, ended) = connect(&pages, Limits { patience: SOON, ..patient() });
        client.write_all(&[PREFACE, &settings(&[])].concat()).await.expect("room for a few bytes");
        let (mut read, mut write) = tokio::io::split(client);
        let flood =
            tokio::spawn(async move { while write.write_all(&[ping(), settings(&[])].concat()).await.is_ok() {} });
        let reading = tokio::spawn(async move { tokio::io::copy(&mut read, &mut tokio::io::sink()).await });
        soon(ended).await.expect("no bug");
        soon(flood).await.expect("no bug");
        let _ = soon(reading).await;
    }

    #[tokio::test]
    async fn no_more_streams_are_answered_at_once_than_may_be() {
        let pages = Arc::new(Sample::default());
        let (mut client, _ended) = connect(&pages, patient());
        let streams: Vec<u8> = (0..200).flat_map(|n| get(2 * n + 1, "/hang")).collect();
        let mut sent = [PREFACE, &settings(&[]), &streams].concat();
        sent.extend(ping());
        client.write_all(&sent).await.expect("room for a few bytes");
        let refused = async {
            let mut head = [0; 9];
            let mut count = 0;
            while count < 200 - STREAMS_MAX as usize {
                client.read_exact(&mut head).await.expect("the server answers");
                let mut body = vec![0; u32::from_be_bytes([0, head[0], head[1], head[2]]) as usize];
                client.read_exact(&mut body).await.expect("the server answers");
                count += usize::from(head[3] == RST_STREAM);
            }
        };
        let mut refused = pin!(refused);
        soon(refused.as_mut()).await;
        assert!(pages.works_most.load(SeqCst) <= STREAMS_MAX as usize);
    }

    #[tokio::test]
    async fn a_list_of_headers_without_end_is_refused() {
        let pages = Arc::new(Sample::default());
        let (mut client, _ended) = connect(&pages, patient());
        let filler = [&[0x00, 1, b'a', 0x7f, 0x80, 0x7f], [b'y'; 16_255].as_slice()].concat();
        let mut sent = [PREFACE, &settings(&[])].concat();
        sent.extend(frame(HEADERS, 0x01, 1, &[0x82, 0x86, 0x84, 0x01, 1, b'x']));
        client.write_all(&sent).await.expect("room for a few bytes");
        let (mut read, mut write) = tokio::io::split(client);
        let flood = tokio::spawn(async move { while write.write_all(&frame(9, 0, 1, &filler)).await.is_ok() {} });
        let reading = async { while read.read(&mut [0; 4096]).await.is_ok_and(|length| length > 0) {} };
        soon(reading).await;
        flood.abort();
        assert_eq!(pages.works_most.load(SeqCst), 0);
    }
}
