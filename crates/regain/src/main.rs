//! The command line.

use clap::{Parser, Subcommand};
use regain::commands::Ended;
use regain::commands::audit::AuditArgs;
use regain::commands::census::CensusArgs;
use regain::commands::check::CheckArgs;
use regain::commands::contacts::ContactsArgs;
use regain::commands::demo::DemoArgs;
use regain::commands::explain::ExplainArgs;
use regain::commands::init::InitArgs;
use regain::commands::keys::KeysArgs;
use regain::commands::privacy::PrivacyArgs;
use regain::commands::resume::ResumeArgs;
use regain::commands::serve::ServeArgs;
use regain::commands::store::StoreArgs;
use regain::commands::user::UserArgs;
use regain::{Failure, LogFormat};
use std::io::Write;
use std::process::ExitCode;
use tracing_subscriber::EnvFilter;

/// Gets people back into their account, and nobody else.
#[derive(Parser)]
#[command(version, arg_required_else_help = true, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Demo(DemoArgs),
    Init(InitArgs),
    Check(CheckArgs),
    Serve(ServeArgs),
    Explain(ExplainArgs),
    Resume(ResumeArgs),
    Census(CensusArgs),
    User(UserArgs),
    Contacts(ContactsArgs),
    Keys(KeysArgs),
    Store(StoreArgs),
    Privacy(PrivacyArgs),
    Audit(AuditArgs),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    // One TLS provider for all rooms, before anything else.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    start_log(&cli.command);
    regain::harden::no_core_dumps();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&Failure::new(format!("no threads could be started: {error}"))),
    };
    match runtime.block_on(run(cli.command)) {
        Ok(Ended::Well) => ExitCode::SUCCESS,
        Ok(Ended::Badly) => ExitCode::FAILURE,
        Err(failure) => fail(&failure),
    }
}

async fn run(command: Command) -> Result<Ended, Failure> {
    match command {
        Command::Demo(args) => args.run().await,
        Command::Init(args) => args.run(),
        Command::Check(args) => args.run().await,
        Command::Serve(args) => args.run().await,
        Command::Explain(args) => args.run().await,
        Command::Resume(args) => args.run().await,
        Command::Census(args) => args.run().await,
        Command::User(args) => args.run(),
        Command::Contacts(args) => args.run().await,
        Command::Keys(args) => args.run().await,
        Command::Store(args) => args.run().await,
        Command::Privacy(args) => args.run().await,
        Command::Audit(args) => args.run().await,
    }
}

/// A server tells what it does; a command says it itself, and logs only what nobody expects.
fn start_log(command: &Command) {
    let (level, format) = match command {
        Command::Serve(args) => ("info", args.log),
        Command::Demo(_) => ("warn", LogFormat::Text),
        _ => ("error", LogFormat::Text),
    };
    let filter = EnvFilter::try_from_env("REGAIN_LOG").unwrap_or_else(|_| EnvFilter::new(level));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match format {
        LogFormat::Text => log.with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr())).init(),
        LogFormat::Json => log.json().init(),
    }
}

fn fail(failure: &Failure) -> ExitCode {
    // Nobody may be listening; that is no reason to panic.
    let _ = writeln!(std::io::stderr(), "{failure}");
    ExitCode::FAILURE
}
