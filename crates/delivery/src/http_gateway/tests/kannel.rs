//! SMS through a real Kannel.

use super::*;
use testbed::kannel::Kannel;

const LIMIT: Duration = Duration::from_secs(60);

#[tokio::test]
async fn texts_arrive_exactly_through_a_real_kannel() {
    let mut kannel = Kannel::start();
    let options = |word: &str| {
        crate::http_gateway::presets::kannel("kannel", kannel.url(), Kannel::USER_NAME, password(word), "ECOLE")
    };
    let channel = gateway(options(Kannel::PASSWORD));
    channel.check().await.expect("it is there");
    let texts = [
        "Votre code à l'école : 599 523 & {to} 100% <ok> \"a+b\" €",
        "Ceci n'est pas dans l'alphabet : être, ça, 😀 مرحبا 599 523",
        "two\nlines",
        "Un texte plus long que cent soixante caractères, que Kannel coupe en deux et que le téléphone remet ensemble, é è à, 599 523, \
         et encore quelques mots pour dépasser la limite.",
    ];
    for (count, text) in texts.iter().enumerate() {
        channel.send(&sms(text)).await.expect("taken");
        let arrived = kannel.wait_for_sms(NUMBER, count + 1, LIMIT);
        assert_eq!(arrived[count].text, *text);
        assert_eq!(arrived[count].from, "ECOLE");
    }
    let wrong = gateway(options("wrong-Passw0rd"));
    let refused = wrong.send(&sms("Code")).await;
    assert!(matches!(refused, Err(DeliveryError::Misconfigured(_))), "{refused:?}");
    assert_eq!(kannel.sms_to(NUMBER).len(), texts.len());
    kannel.stop();
    let gone = channel.send(&sms("Code")).await;
    assert!(matches!(gone, Err(DeliveryError::Later(_))), "{gone:?}");
}
