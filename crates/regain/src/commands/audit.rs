//! `regain audit`: verify the trail, export it, and print what an auditor keeps.

mod export;
mod verify;

use super::opened::{away, store_alone};
use super::{ConfigArg, Ended, print};
use crate::Failure;
use clap::{Args, Subcommand};
use export::ExportArgs;
use service::audit::AuditLine;
use verify::VerifyArgs;

/// Verify the audit trail, export it, and print what an auditor keeps.
#[derive(Args)]
pub struct AuditArgs {
    #[command(subcommand)]
    command: AuditCommand,
}

#[derive(Subcommand)]
enum AuditCommand {
    Verify(VerifyArgs),
    Export(ExportArgs),
    Key(KeyArgs),
    Head(HeadArgs),
}

/// Print the public key that the heads of the trail are checked with, and the name of this node. Both are for the auditor.
#[derive(Args)]
struct KeyArgs {
    #[command(flatten)]
    config: ConfigArg,
}

/// Sign where the trail now stands, and print the head: kept elsewhere, it shows later that nothing was cut off.
#[derive(Args)]
struct HeadArgs {
    #[command(flatten)]
    config: ConfigArg,
}

impl AuditArgs {
    /// # Errors
    /// When the settings, the store or a file can't be used.
    pub async fn run(self) -> Result<Ended, Failure> {
        match self.command {
            AuditCommand::Verify(args) => args.run().await,
            AuditCommand::Export(args) => args.run().await,
            AuditCommand::Key(args) => args.run().await,
            AuditCommand::Head(args) => args.run().await,
        }
    }
}

impl KeyArgs {
    async fn run(self) -> Result<Ended, Failure> {
        let regain = store_alone(&self.config.config)?;
        let (node, key) = regain.store.audit_identity();
        let _ = regain.store.close().await;
        print(&format!("public key  {key}\nnode        {node}\n"))?;
        Ok(Ended::Well)
    }
}

impl HeadArgs {
    async fn run(self) -> Result<Ended, Failure> {
        let regain = store_alone(&self.config.config)?;
        let (node, _) = regain.store.audit_identity();
        let signed = regain.store.sign_audit_head(regain.now().millis()).await.map_err(|error| away(error.into()))?;
        let heads = regain.store.audit_heads(0).await.map_err(|error| away(error.into()))?;
        let _ = regain.store.close().await;
        let head = signed.or_else(|| heads.into_iter().rfind(|head| head.node == node));
        let head = head.ok_or_else(|| Failure::new("the trail is empty; there is nothing to sign yet"))?;
        print(&format!("{}\n", AuditLine::Head(head).to_text()))?;
        Ok(Ended::Well)
    }
}
