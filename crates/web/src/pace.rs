//! When the answer to a form leaves: at the next multiple of a fixed time since the form came in. How long a look-up took, and
//! whether there was anything to find, does not show in it.

use http::Method;
use std::time::Duration;
use tokio::time::Instant;

/// Forms whose work differs by the name that they are about, or by what is known of it.
pub fn looks_up(method: &Method, path: &str) -> bool {
    let walk = matches!(
        path,
        "/recover/account"
            | "/recover/method"
            | "/recover/contact"
            | "/recover/code"
            | "/recover/password"
            | "/recover/stopped"
    );
    *method == Method::POST && (walk || matches!(path, "/sign-in" | "/change-password"))
}

/// Waits until an answer may leave. A step of zero waits for nothing.
pub async fn wait(step: Duration, came_in: Instant) {
    tokio::time::sleep_until(came_in + until_leaving(step, came_in.elapsed())).await;
}

/// The first multiple of the step that is not over yet.
fn until_leaving(step: Duration, worked: Duration) -> Duration {
    let (step, worked) = (step.as_nanos(), worked.as_nanos());
    let steps = worked.div_ceil(step.max(1)).max(1);
    Duration::from_nanos(u64::try_from(steps.saturating_mul(step)).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_leaves_at_the_next_multiple() {
        let leaves = |worked: u64| until_leaving(Duration::from_millis(100), Duration::from_micros(worked)).as_millis();
        assert_eq!([0, 1, 3_000, 99_999, 100_000].map(leaves), [100; 5]);
        assert_eq!([100_001, 180_000].map(leaves), [200; 2]);
        assert_eq!(until_leaving(Duration::ZERO, Duration::from_millis(7)), Duration::ZERO);
    }

    #[test]
    fn every_form_about_a_name_waits_and_no_page_does() {
        for path in ["/recover/account", "/recover/method", "/recover/contact", "/recover/code", "/sign-in"] {
            assert!(looks_up(&Method::POST, path), "{path}");
            assert!(!looks_up(&Method::GET, path), "{path}");
        }
        assert!(!looks_up(&Method::POST, "/sign-out"));
    }
}
