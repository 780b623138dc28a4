//! The command line.

use clap::{Parser, Subcommand};
use regain::Failure;
use regain::commands::demo::DemoArgs;
use std::process::ExitCode;
use tracing_subscriber::EnvFilter;

/// Gets people back into their account, and nobody else.
#[derive(Parser)]
#[command(version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Demo(DemoArgs),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    // One TLS provider for all rooms, before anything else.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::try_from_env("REGAIN_LOG").unwrap_or_else(|_| EnvFilter::new("warn")))
        .with_writer(std::io::stderr)
        .init();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&Failure::new(format!("no threads could be started: {error}"))),
    };
    let outcome = runtime.block_on(async {
        match cli.command {
            Command::Demo(demo) => demo.run().await,
        }
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => fail(&failure),
    }
}

fn fail(failure: &Failure) -> ExitCode {
    eprintln!("{failure}");
    ExitCode::FAILURE
}
