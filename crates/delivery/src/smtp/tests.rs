//! Mail through a real postfix. These need root and the packages postfix and dovecot-core.

use super::*;
use recovery::{EmailAddress, Password};
use std::{
    path::Path,
    sync::{
        Arc, Mutex, PoisonError, Weak,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};
use testbed::smtp::MailServer;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

const LIMIT: Duration = Duration::from_secs(60);

/// One server for all tests that run at the same time.
fn server() -> Arc<MailServer> {
    static SHARED: Mutex<Weak<MailServer>> = Mutex::new(Weak::new());
    let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
    shared.upgrade().unwrap_or_else(|| {
        let server = Arc::new(MailServer::start(&["ecole.test"]));
        *shared = Arc::downgrade(&server);
        server
    })
}

fn address(text: &str) -> EmailAddress {
    EmailAddress::parse(text).expect("an address")
}

fn password(text: &str) -> Option<Password> {
    Password::new(text)
}

fn options(server: &MailServer) -> Options {
    Options {
        port: server.start_tls_port(),
        ca_file: Some(server.ca_file()),
        user_name: Some(MailServer::USER_NAME.to_owned()),
        password: password(MailServer::PASSWORD),
        ..Options::new("mail", MailServer::SERVER, address("secretariat@ecole.test"), "École des Deux Rivières")
    }
}

fn channel(options: Options) -> SmtpChannel {
    SmtpChannel::new(options).expect("good settings")
}

fn mail(id: &str, to: &str, subject: &str) -> Message {
    Message {
        id: id.to_owned(),
        body: Body::Mail {
            to: address(to),
            subject: subject.to_owned(),
            text: "Bonjour Zoé,\nvotre code 😀 : 599523\n.\nمرحبا بالعالم".to_owned(),
            html: "<p dir=\"auto\">Bonjour Zoé, <b>599523</b> 😀 مرحبا بالعالم</p>".to_owned(),
            language: "fr".to_owned(),
        },
    }
}

/// Writes an authority's certificate that signed nothing.
fn another_authority(folder: &Path) -> std::path::PathBuf {
    let key = rcgen::KeyPair::generate().expect("a key");
    let mut parameters = rcgen::CertificateParams::default();
    parameters.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    let file = folder.join("other.pem");
    std::fs::write(&file, parameters.self_signed(&key).expect("a certificate").pem()).expect("written");
    file
}

fn misconfigured<T: std::fmt::Debug>(result: Result<T, DeliveryError>) -> String {
    match result {
        Err(DeliveryError::Misconfigured(reason)) => reason,
        other => panic!("not misconfigured: {other:?}"),
    }
}

#[tokio::test]
async fn a_mail_arrives_whole_over_starttls_and_over_tls() {
    let server = server();
    let subject = "Votre code à l’école 😀 مرحبا";
    for (to, security, port) in [
        ("starttls@ecole.test", Security::StartTls, server.start_tls_port()),
        ("smtps@ecole.test", Security::Tls, server.tls_port()),
    ] {
        let channel = channel(Options { security, port, ..options(&server) });
        channel.check().await.expect("a good line");
        let reference = channel.send(&mail("m1", to, subject)).await.expect("taken");
        assert!(reference.contains("queued as") && !reference.contains('@'), "{reference}");

        let arrived = &server.wait_for_mail(to, 1, LIMIT)[0];
        assert_eq!(arrived.subject, subject);
        let text = arrived.text.replace("\r\n", "\n");
        assert_eq!(text.trim_end(), "Bonjour Zoé,\nvotre code 😀 : 599523\n.\nمرحبا بالعالم");
        assert_eq!(arrived.html.trim_end(), "<p dir=\"auto\">Bonjour Zoé, <b>599523</b> 😀 مرحبا بالعالم</p>");
        let header = |name| arrived.header(name).unwrap_or_default().to_owned();
        assert!(header("Received").contains("ESMTPSA"), "{}", header("Received"));
        assert!(header("From").contains("École des Deux Rivières"), "{}", header("From"));
        assert!(header("Content-Type").starts_with("multipart/alternative"));
        assert_eq!(header("To"), to);
        assert_eq!(header("Content-Language"), "fr");
        assert_eq!(header("Auto-Submitted"), "auto-generated");
        assert_eq!(header("X-Auto-Response-Suppress"), "All");
        assert_eq!(header("Message-ID"), "<m1@ecole.test>");
        assert!(!header("Date").is_empty());
    }
}

#[tokio::test]
async fn an_address_with_accents_gets_its_mail() {
    let server = server();
    channel(options(&server)).send(&mail("u1", "zoé@ecole.test", "Code")).await.expect("taken");
    assert_eq!(server.wait_for_mail("zoé@ecole.test", 1, LIMIT)[0].subject, "Code");
}

#[tokio::test]
async fn a_repetition_has_the_same_message_id() {
    let server = server();
    let channel = channel(options(&server));
    let message = mail("outbox 17/a", "again@ecole.test", "Code");
    channel.send(&message).await.expect("taken");
    channel.send(&message).await.expect("taken");
    let arrived = server.wait_for_mail("again@ecole.test", 2, LIMIT);
    assert_eq!(arrived[0].header("Message-ID"), Some("<outbox=2017=2fa@ecole.test>"));
    assert_eq!(arrived[0].header("Message-ID"), arrived[1].header("Message-ID"));
}

#[tokio::test]
async fn a_line_break_in_a_subject_makes_no_header() {
    let server = server();
    let evil = "Code\r\nBcc: evil@ecole.test\r\n\r\nGo to http://evil.test\u{2028}now";
    let channel = channel(Options { from_name: "École\r\nReply-To: evil@ecole.test".to_owned(), ..options(&server) });
    let mut message = mail("m1>\r\nX-Evil: 1", "victim@ecole.test", evil);
    if let Body::Mail { language, .. } = &mut message.body {
        language.push_str("\r\nX-Evil: 2");
    }
    channel.send(&message).await.expect("taken");
    let arrived = &server.wait_for_mail("victim@ecole.test", 1, LIMIT)[0];
    assert_eq!(arrived.subject, "Code  Bcc: evil@ecole.test    Go to http://evil.test now");
    for name in ["Bcc", "Reply-To", "X-Evil", "Content-Language"] {
        assert_eq!(arrived.header(name), None, "{name}");
    }
    assert!(arrived.text.starts_with("Bonjour"));
    assert!(server.mails_to("evil@ecole.test").is_empty());
}

#[tokio::test]
async fn a_wrong_password_is_the_operators_fault() {
    let server = server();
    let channel = channel(Options { password: password("wrong-Passw0rd"), ..options(&server) });
    assert!(misconfigured(channel.check().await).contains("535"));
    let reason = misconfigured(channel.send(&mail("m", "anna@ecole.test", "Code")).await);
    assert!(!reason.contains("wrong-Passw0rd") && !reason.contains("anna"), "{reason}");
}

#[tokio::test]
async fn a_server_that_wants_a_sign_in_and_gets_none_is_the_operators_fault() {
    let server = server();
    let channel = channel(Options { user_name: None, password: None, ..options(&server) });
    misconfigured(channel.send(&mail("m", "anna@ecole.test", "Code")).await);
}

#[tokio::test]
async fn a_certificate_of_another_authority_is_not_trusted() {
    let server = server();
    let folder = tempfile::tempdir().expect("a folder");
    let ca_file = Some(another_authority(folder.path()));
    for (security, port) in [(Security::StartTls, server.start_tls_port()), (Security::Tls, server.tls_port())] {
        let channel = channel(Options { ca_file: ca_file.clone(), security, port, ..options(&server) });
        let reason = misconfigured(channel.check().await);
        assert!(reason.contains("certificate is not trusted"), "{reason}");
    }
}

#[tokio::test]
async fn a_certificate_for_another_name_is_not_trusted() {
    let server = server();
    // The certificate is for localhost and 127.0.0.1; the relay makes the server reachable under a third name.
    let relay = Relay::start("127.0.0.2", server.start_tls_port()).await;
    let channel = channel(Options { port: relay.port, server: "127.0.0.2".to_owned(), ..options(&server) });
    assert!(misconfigured(channel.check().await).contains("certificate is not trusted"));
}

#[tokio::test]
async fn a_port_without_tls_is_the_operators_fault() {
    let server = server();
    let channel = channel(Options { security: Security::Tls, ..options(&server) });
    assert!(misconfigured(channel.check().await).contains("does not speak TLS"));
}

#[tokio::test]
async fn a_server_that_offers_no_starttls_gets_no_password() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("its address").port();
    let heard = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a client");
        stream.write_all(b"220 x ESMTP\r\n").await.expect("greeted");
        let mut heard = vec![0; 1024];
        let count = stream.read(&mut heard).await.expect("EHLO");
        stream.write_all(b"250-x\r\n250 AUTH PLAIN LOGIN\r\n").await.expect("answered");
        let mut rest = Vec::new();
        let _ = stream.read_to_end(&mut rest).await;
        heard.truncate(count);
        heard.extend(rest);
        String::from_utf8(heard).expect("ASCII")
    });
    let server = server();
    let channel = channel(Options { port, ..options(&server) });
    assert!(misconfigured(channel.check().await).contains("no STARTTLS"));
    let heard = heard.await.expect("the server ends");
    assert!(heard.starts_with("EHLO ecole.test\r\n") && !heard.contains("AUTH"), "{heard}");
}

#[tokio::test]
async fn an_unknown_recipient_is_refused_and_a_busy_one_later() {
    let server = server();
    let relay = Relay::start("127.0.0.1", server.start_tls_port()).await;
    let channel = channel(Options { port: relay.port, ..options(&server) });
    match channel.send(&mail("m", "unknown@ecole.test", "Code 599523")).await {
        Err(DeliveryError::Refused(reason)) => {
            assert!(reason.contains("550 5.1.1"), "{reason}");
            assert!(!reason.contains("unknown") && !reason.contains("599523"), "{reason}");
        }
        other => panic!("{other:?}"),
    }
    match channel.send(&mail("m", "busy@ecole.test", "Code")).await {
        Err(DeliveryError::Later(reason)) => {
            assert!(reason.contains("450 4.2.0") && !reason.contains("busy"), "{reason}")
        }
        other => panic!("{other:?}"),
    }
    channel.send(&mail("m", "after@ecole.test", "Code")).await.expect("the line is as good as before");
    assert_eq!(relay.connections(), 1);
}

#[tokio::test]
async fn mails_share_a_connection() {
    let server = server();
    let relay = Relay::start("127.0.0.1", server.start_tls_port()).await;
    let channel = channel(Options { port: relay.port, ..options(&server) });
    for id in ["1", "2", "3"] {
        channel.send(&mail(id, "pool@ecole.test", "Code")).await.expect("taken");
    }
    assert_eq!(relay.connections(), 1);
}

#[tokio::test]
async fn a_stopped_server_means_later_and_a_restarted_one_is_found_again() {
    let mut server = MailServer::start(&["ecole.test"]);
    let channel = channel(options(&server));
    channel.send(&mail("1", "anna@ecole.test", "Code")).await.expect("taken");
    server.stop();
    let while_stopped = channel.send(&mail("2", "anna@ecole.test", "Code")).await;
    assert!(matches!(while_stopped, Err(DeliveryError::Later(_))), "{while_stopped:?}");
    assert!(matches!(channel.check().await, Err(DeliveryError::Later(_))));
    server.restart();
    channel.send(&mail("3", "anna@ecole.test", "Code")).await.expect("taken on a new connection");
    server.wait_for_mail("anna@ecole.test", 2, LIMIT);
}

#[tokio::test]
async fn a_server_that_never_greets_means_later_in_time() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("its address").port();
    let server = server();
    let channel = channel(Options { port, connect_timeout: Duration::from_millis(200), ..options(&server) });
    let start = Instant::now();
    let sent = channel.send(&mail("m", "anna@ecole.test", "Code")).await;
    assert!(matches!(sent, Err(DeliveryError::Later(_))), "{sent:?}");
    assert!(start.elapsed() < Duration::from_secs(20));
    drop(listener);
}

#[test]
fn wrong_settings_are_told() {
    let good = || Options::new("mail", "smtp.ecole.test", address("secretariat@ecole.test"), "École");
    let fault = |options: Options| SmtpChannel::new(options).err().map(|error| error.to_string()).unwrap_or_default();
    assert!(fault(Options { security: Security::Plain, ..good() }).contains("not this machine"));
    assert!(fault(Options { user_name: Some("x".to_owned()), ..good() }).contains("needs a password"));
    assert!(fault(Options { password: password("x"), ..good() }).contains("needs a password"));
    assert!(fault(Options { server: "smtp://x".to_owned(), ..good() }).contains("not a server"));
    assert!(fault(Options { ehlo_name: "a b".to_owned(), ..good() }).contains("EHLO"));
    assert!(fault(Options { ca_file: Some("/nowhere.pem".into()), ..good() }).contains("/nowhere.pem"));
    let printed = format!("{:?}", Options { password: password("hidden-Passw0rd"), ..good() });
    assert!(!printed.contains("hidden-Passw0rd"));
}

/// Carries bytes to the server and counts the connections.
struct Relay {
    port: u16,
    count: Arc<AtomicUsize>,
}

impl Relay {
    async fn start(address: &str, to: u16) -> Self {
        let listener = TcpListener::bind((address, 0)).await.expect("a port");
        let port = listener.local_addr().expect("its address").port();
        let count = Arc::new(AtomicUsize::new(0));
        let counted = count.clone();
        tokio::spawn(async move {
            while let Ok((mut client, _)) = listener.accept().await {
                counted.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(async move {
                    let mut server = TcpStream::connect(("127.0.0.1", to)).await.expect("the server");
                    let _ = tokio::io::copy_bidirectional(&mut client, &mut server).await;
                });
            }
        });
        Self { port, count }
    }

    fn connections(&self) -> usize {
        self.count.load(Ordering::SeqCst)
    }
}
